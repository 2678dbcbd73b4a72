from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from learning.admin.suggestion_form import DeclineForm
from learning.models import PathSuggestion
from tenants.people.admin.pages import OneButtonPage, labelled

State = PathSuggestion.State
STATE_COLOURS = {State.OPEN: "warning", State.TAKEN: "success", State.DECLINED: "danger"}


@admin.register(PathSuggestion)
class PathSuggestionPage(OneButtonPage):
    """What managers suggest: give the path with its framing, or say why not.

    Giving that path to that person, from here or anywhere, marks it as given.
    """

    nothing_yet = (
        "No manager has suggested a path yet. They do so on the page of somebody in their team."
    )
    form = DeclineForm
    list_display = ("person", "path", "because", "suggested_by", "suggested_at", "standing")
    list_filter = ("state", "path", "suggested_at")
    list_select_related = ("person", "path", "suggested_by")
    search_fields = (
        *("person__given_name", "person__family_name", "path__name"),
        *("suggested_by__given_name", "suggested_by__family_name", "because"),
    )
    fields = (
        ("person", "path"),
        "because",
        ("suggested_by", "suggested_at"),
        "state",
        ("decided_by", "decided_at"),
        "answer",
    )
    readonly_fields = (
        *("person", "path", "because", "suggested_by", "suggested_at", "state"),
        *("decided_by", "decided_at"),
    )
    change_form_outer_before_template = "learning/suggestion/give.html"

    @labelled("state", ordering="state", colours=STATE_COLOURS)
    def standing(self, suggestion: PathSuggestion) -> tuple[str, str]:
        return suggestion.state, suggestion.get_state_display()

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        form = super().get_form(request, obj, **options)
        form.actor = request.user
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        suggestion = context.get("original")
        if suggestion and suggestion.state == State.OPEN:
            context["give"] = _address_to_give(suggestion)
        return super().render_change_form(request, context, *args, **options)

    def save_model(
        self, request: HttpRequest, obj: PathSuggestion, form: DeclineForm, change: bool
    ) -> None:
        form.decline()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was decided stays as it is."""
        decided = obj is not None and obj.state != State.OPEN
        return not decided and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _address_to_give(suggestion: PathSuggestion) -> str:
    """The form that gives a path, with the person, the path and the manager's reason in it."""
    known = {
        "person": suggestion.person_id,
        "path": suggestion.path_id,
        "because": suggestion.because,
    }
    return f"{reverse('admin:learning_assignment_add')}?{urlencode(known)}"
