"""What a manager says they saw: a level of one skill, perhaps on another day, perhaps where."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learning.actions import note_sighting
from learning.actions.sightings import LONGEST
from learning.models import Level, Observation, PlanStep, Skill
from tenants.people.models import Person


class SightingForm(forms.Form):
    """Says at its field what is refused, by itself or by `note_sighting`."""

    level = forms.TypedChoiceField(
        choices=Level.choices,
        coerce=int,
        error_messages={
            "required": _("Choose what comes closest to what you saw."),
            "invalid_choice": _("That is not one of the four levels. Choose one of these."),
        },
    )
    seen_on = forms.DateField(
        required=False,
        error_messages={"invalid": _("We cannot read this day. Choose it from the calendar.")},
    )
    # what is too long is refused by the action, which says by how much
    context = forms.CharField(required=False)

    def __init__(self, person: Person, skill: Skill, sent: Any) -> None:
        super().__init__(sent)
        self.person, self.skill, self.longest = person, skill, LONGEST

    def save(self, actor: Person) -> tuple[Observation, list[PlanStep]] | None:
        """Note it; None where something is refused. Raises `ValidationError` where they moved."""
        if not self.is_valid():
            return None
        try:
            return note_sighting(
                person=self.person,
                skill=self.skill,
                level=self.cleaned_data["level"],
                actor=actor,
                seen_on=self.cleaned_data["seen_on"],
                context=self.cleaned_data["context"],
            )
        except ValidationError as error:
            if not hasattr(error, "error_dict"):
                raise
            self.add_error(None, error)  # each at its field
            return None
