from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from unfold.decorators import action

from reinforcement.actions.barriers import MAY_NOTE as MAY_NOTE_BARRIERS
from reinforcement.admin.days import ago
from reinforcement.admin.managers import managers_file, managers_page
from reinforcement.admin.touchpoint_form import TouchpointForm
from reinforcement.models import Touchpoint
from tenants.people.admin.pages import OneButtonPage, key_on_page

IN_LIST = 120  # characters of what was learned


@admin.register(Touchpoint)
class TouchpointPage(OneButtonPage):
    """When L&D talked with whom, and what it learned. What a manager and a report said to each
    other is nowhere here."""

    words_to_add = "Note a touchpoint"
    has_shortcuts = False
    form = TouchpointForm
    list_display = ("manager", "held_on", "since", "in_short", "held_by", "about_how_many")
    list_filter = ("held_on", ("held_by", admin.RelatedOnlyFieldListFilter))
    search_fields = ("manager__given_name", "manager__family_name", "manager__email", "learned")
    search_help_text = "A manager, or words of what was learned."
    autocomplete_fields = ("manager", "held_by")
    change_list_template = "reinforcement/touchpoint/list.html"
    change_form_outer_after_template = "reinforcement/touchpoint/barriers.html"
    actions_detail = ("note_barrier",)

    class Media:
        css = {"all": ("reinforcement/lists.css",)}

    @action(
        description="Note what slows them down",
        url_path="note-barrier",
        icon="block",
        permissions=("note_barrier",),
    )
    def note_barrier(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """On to the form of a barrier, with what is known from this talk."""
        talk = get_object_or_404(Touchpoint, pk=key_on_page(request))
        known = {"manager": talk.manager_id, "touchpoint": talk.pk}
        return redirect(f"{reverse('admin:reinforcement_barrier_add')}?{urlencode(known)}")

    def has_note_barrier_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MAY_NOTE_BARRIERS)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        managers = [
            path("managers/", view(managers_page), name="reinforcement_managers"),
            path("managers/file.csv", view(managers_file), name="reinforcement_managers_file"),
        ]
        return [*managers, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Touchpoint]:
        talks: QuerySet[Touchpoint] = super().get_queryset(request)
        return talks.select_related("manager", "held_by").annotate(barrier_count=Count("barriers"))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        if obj:
            return (("manager", "held_by"), "held_on", "learned")
        return ("manager", "held_on", "learned", "barriers")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("manager", "held_by") if obj else ()

    @admin.display(description="how long ago", ordering="-held_on")
    def since(self, talk: Touchpoint) -> str:
        return ago(talk.held_on)

    @admin.display(description="learned")
    def in_short(self, talk: Touchpoint) -> str:
        return Truncator(talk.learned).chars(IN_LIST)

    @admin.display(description="barriers", ordering="barrier_count")
    def about_how_many(self, talk: Any) -> int:
        return int(talk.barrier_count)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        form = super().get_form(request, obj, **options)
        form.actor = request.user
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        talk = context.get("original")
        if talk and request.user.has_perm("reinforcement.view_barrier"):
            context["barriers"] = talk.barriers.select_related("outcome")
        return super().render_change_form(request, context, *args, **options)

    def save_model(
        self, request: HttpRequest, obj: Touchpoint, form: TouchpointForm, change: bool
    ) -> None:
        obj.pk = form.keep().pk
        obj.refresh_from_db()

    def response_post_save_add(self, request: HttpRequest, obj: Touchpoint) -> HttpResponse:
        """On to the talk, where what slows them down can be noted."""
        return redirect("admin:reinforcement_touchpoint_change", obj.pk)
