from collections.abc import Callable
from typing import Any, ClassVar

from allauth.socialaccount.models import SocialAccount
from django.contrib import admin, messages
from django.db.models import CharField, Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from unfold.decorators import action

from tenants.companies.context import current_company
from tenants.people.admin.pages import OneButtonPage, labelled
from tenants.people.single_sign_on.admin import pages
from tenants.people.single_sign_on.admin.form import (
    MATCHING,
    OPENID,
    SAML,
    ConnectionForm,
    NewConnectionForm,
)
from tenants.people.single_sign_on.models import Protocol, SignInConnection
from tenants.people.single_sign_on.trials import may_try

View = Callable[..., HttpResponse]
LINKED = (
    SocialAccount.objects.filter(provider=Cast(OuterRef("uid"), CharField()))
    .order_by()
    .values("provider")
    .annotate(number=Count("pk"))
    .values("number")
)


@admin.register(SignInConnection)
class ConnectionPage(OneButtonPage):
    """Set up at both ends, tried, and only then switched on. Owners alone see it."""

    nothing_yet = (
        "People sign in with a password, which they set by mail. Add a connection, and they come "
        "in with the account they have at work anyway."
    )
    list_display = ("name", "protocol", "state", "people_linked", "tried_at", "tried_by")
    list_filter = ("protocol", "is_on")
    list_select_related = ("tried_by",)
    search_fields = ("name", "issuer", "entity_id")
    readonly_fields = ("standing", "to_enter_there")
    actions_list = ("password_state",)
    actions_detail = ("try_it", "switch", "who_is_linked")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[SignInConnection]":
        found: QuerySet[SignInConnection] = super().get_queryset(request)
        linked = Coalesce(Subquery(LINKED, output_field=IntegerField()), 0)
        return found.annotate(linked=linked)

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        return super().get_form(
            request, obj, **{**options, "form": ConnectionForm if obj else NewConnectionForm}
        )

    def get_fieldsets(self, request: HttpRequest, obj: SignInConnection | None = None) -> Any:
        if obj is None:
            return ((None, {"fields": ("name", "protocol")}),)
        theirs = SAML if obj.protocol == Protocol.SAML else OPENID
        return (
            (None, {"fields": ("name", "standing")}),
            ("1. What to enter at your provider", {"fields": ("to_enter_there",)}),
            ("2. What your provider tells you", {"fields": theirs}),
            ("3. Whose account it is", {"fields": MATCHING}),
        )

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: View, name: str) -> URLPattern:
            guarded: View = self.admin_site.admin_view(view)
            return path(route, guarded, name=f"single_sign_on_signinconnection_{name}")

        return [
            page("passwords/", pages.passwords, "passwords"),
            page("<int:pk>/trial/", pages.trial, "trial"),
            page("<int:pk>/switch/", pages.switch, "switched"),
            *super().get_urls(),
        ]

    class Media:
        css: ClassVar = {"all": ["single_sign_on/connection.css"]}

    @labelled("state", ordering="is_on", colours={"on": "success", "tried": "info"})
    def state(self, connection: SignInConnection) -> tuple[str, str]:
        kind = "on" if connection.is_on else "tried" if connection.tried_at else ""
        return (kind, self.standing(connection))

    @admin.display(description="state")
    def standing(self, connection: SignInConnection) -> str:
        if connection.is_on:
            return "on"
        if connection.tried_at:
            return "off; tried, and works"
        return "off; not tried yet" if connection.is_complete else "off; not complete"

    @admin.display(description="people linked", ordering="linked")
    def people_linked(self, connection: Any) -> int:
        return int(connection.linked)

    @admin.display(description="to copy")
    def to_enter_there(self, connection: SignInConnection) -> str:
        return render_to_string("single_sign_on/to_enter.html", {"places": places(connection)})

    @action(
        description="Passwords",
        url_path="password-state",
        icon="password",
        permissions=("setting_up",),  # by name, Unfold would look each up in the database at start
    )
    def password_state(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:single_sign_on_signinconnection_passwords")

    def has_setting_up_permission(self, request: HttpRequest) -> bool:
        return may_try(request)

    @action(description="Try it", url_path="try-it", icon="experiment")
    def try_it(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:single_sign_on_signinconnection_trial", object_id)

    @action(description="Switch on or off", url_path="switch-it", icon="toggle_on")
    def switch(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:single_sign_on_signinconnection_switched", object_id)

    @action(description="Who is linked", url_path="who-is-linked", icon="group")
    def who_is_linked(self, request: HttpRequest, object_id: int) -> HttpResponse:
        connection = pages.connection_of(request, object_id)
        page = reverse("admin:single_sign_on_linkedaccount_changelist")
        return redirect(f"{page}?provider={connection.uid}")

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to its own page: there is nothing to do with it yet."""
        return redirect("admin:single_sign_on_signinconnection_change", obj.pk)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Back to the same page, where the next thing to do is offered."""
        told = "Saved. Try it now." if obj.is_complete and not obj.tried_at else "Saved."
        messages.success(request, told)
        return redirect("admin:single_sign_on_signinconnection_change", obj.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One that is on is switched off first, which says how many people use it."""
        may: bool = super().has_delete_permission(request, obj)
        return may and not (obj and obj.is_on)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Several at once would take those that are on, too."""
        found: dict[str, Any] = super().get_actions(request)
        return {name: each for name, each in found.items() if name != "delete_selected"}


def places(connection: SignInConnection) -> list[tuple[str, str, str]]:
    """(what it is, the address, how others call it), each to be copied to the provider."""
    base = current_company().url("")
    if connection.protocol == Protocol.SAML:
        named = {"organization_slug": connection.uid}
        return [
            ("Entity ID", base + reverse("saml_metadata", kwargs=named), "Audience, Identifier"),
            ("Where answers go", base + reverse("saml_acs", kwargs=named), "ACS URL, Reply URL"),
        ]
    callback = reverse("openid_connect_callback", kwargs={"provider_id": connection.uid})
    return [("Redirect address", base + callback, "Redirect URI, Callback URL")]
