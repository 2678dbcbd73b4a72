"""A path that a manager suggests for somebody, and why."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from learning.actions import suggest_path
from learning.actions.suggestions import LONGEST
from learning.models import Assignment, Path, PathSuggestion
from tenants.people.models import Person


def paths_to_suggest(person: Person) -> "QuerySet[Path]":
    """Published ones that the person has not open, and that nobody suggested just now."""
    has = Assignment.objects.filter(person=person, status__in=Assignment.OPEN)
    waiting = PathSuggestion.objects.filter(person=person, state=PathSuggestion.State.OPEN)
    return (
        Path.objects.filter(status=Path.Status.PUBLISHED)
        .exclude(pk__in=has.values("path"))
        .exclude(pk__in=waiting.values("path"))
        .select_related("role")
    )


NOT_OFFERED: Final = _("This path is not offered any more: choose another.")


class SuggestionForm(forms.Form):
    """Says at its field what is refused, by itself or by `suggest_path`."""

    path = forms.UUIDField(error_messages={"required": _("Choose a path."), "invalid": NOT_OFFERED})
    # what is missing or too long is refused by the action, which says what to do
    because = forms.CharField(required=False)

    def __init__(self, person: Person, sent: Any) -> None:
        super().__init__(sent)
        self.person, self.longest = person, LONGEST

    def clean_path(self) -> Path:
        found = Path.objects.filter(uid=self.cleaned_data["path"]).first()
        if found is None:
            raise ValidationError(NOT_OFFERED)
        return found

    def save(self, actor: Person) -> PathSuggestion | None:
        """Suggest it; None where something is refused. Raises `ValidationError` where they
        moved."""
        if not self.is_valid():
            return None
        try:
            return suggest_path(
                person=self.person,
                path=self.cleaned_data["path"],
                because=self.cleaned_data["because"],
                actor=actor,
            )
        except ValidationError as error:
            if not hasattr(error, "error_dict"):
                raise
            self.add_error(None, error)  # each at its field
            return None
