from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget

from api.models import ApiToken, Scope
from api.webhooks.admin import deliveries, endpoints  # noqa: F401  # registers their pages
from tenants.people.admin.pages import ONE_BUTTON, Checkboxes, EditPage
from tenants.people.auditing import record_event

LIFETIMES = ((30, "30 days"), (90, "90 days"), (365, "one year"), (730, "two years"))


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    scopes = forms.MultipleChoiceField(
        choices=[(scope.value, f"{scope.label} ({scope.value})") for scope in Scope],
        widget=Checkboxes,
        help_text="Give it only what the system needs.",
    )
    lifetime = forms.TypedChoiceField(
        choices=LIFETIMES, coerce=int, initial=365, widget=UnfoldAdminSelectWidget, label="Good for"
    )

    class Meta:
        model = ApiToken
        fields = ("name", "scopes")
        help_texts = {"name": "What will use it, so that whoever finds it here knows: “Workday”."}


@admin.register(ApiToken)
class ApiTokenPage(EditPage):
    """Tokens are issued and revoked, never changed."""

    words_to_add = "Issue a token"
    form = TokenForm
    nothing_yet = (
        "There are no tokens yet. The HRIS needs one to bring people in and to read what they "
        "learn."
    )
    list_display = ("name", "may", "created_by", "created_at", "expires_at", "last_used_at", "good")
    list_select_related = ("created_by",)
    actions = ("take_over",)
    list_filter = ("expires_at", "last_used_at")
    search_fields = ("name",)
    add_fieldsets = ((None, {"fields": ("name", "scopes", "lifetime")}),)
    fields = ("name", "may", "created_by", "created_at", "expires_at", "last_used_at")
    readonly_fields = ("may", "created_by", "created_at", "expires_at", "last_used_at")

    def becomes_of(self, rows: Sequence[ApiToken]) -> list[str]:
        used = [token for token in rows if token.last_used_at]
        if not used:
            return ["Nothing has used it."]
        latest = max(timezone.localtime(token.last_used_at) for token in used)
        return [
            f"Whatever uses it is refused at once. It was last used on {date_format(latest)}, "
            f"{date_format(latest, 'H:i')}."
        ]

    @admin.display(description="allowed to")
    def may(self, token: ApiToken) -> str:
        return ", ".join(Scope(scope).label for scope in token.scopes)

    @admin.display(description="good")
    def good(self, token: ApiToken) -> str:
        if token.is_orphaned:
            return f"no: {token.created_by} has left"
        return "yes" if token.is_current else "no: expired"

    @action(description="Take over: I answer for these from now on", permissions=["add"])
    def take_over(self, request: HttpRequest, queryset: "QuerySet[ApiToken]") -> None:
        """Brings back what stopped because whoever issued it has left."""
        names = ", ".join(token.name for token in queryset)
        count = queryset.update(created_by=request.user)
        record_event(action="token", words=f"Took over API tokens: {names}")
        self.message_user(request, f"You answer for {count} tokens now.")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(self, request: HttpRequest, form_url: str = "", **_: Any) -> Any:
        return self.changeform_view(request, None, form_url, ONE_BUTTON)

    def save_model(
        self, request: HttpRequest, obj: ApiToken, form: TokenForm, change: bool
    ) -> None:
        issued, obj.text = ApiToken.issue(  # type: ignore[attr-defined]
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=timezone.now() + timedelta(days=form.cleaned_data["lifetime"]),
            created_by=request.user,
        )
        obj.pk = issued.pk

    def response_add(
        self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Shows the token right here: a message would keep it in the session's row, in clear."""
        context = {
            **self.admin_site.each_context(request),
            "title": f"Token for {obj}",
            "add": True,  # so that the title is shown
            "opts": self.opts,
            "token": obj.text,  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "api/token_issued.html", context)
