from typing import Any

from django.core.exceptions import ValidationError

from learning.actions import assign_path
from learning.actions.assignments import Assigned
from learning.admin.framing_form import FramingForm
from learning.admin.rehearsals import rehearse
from learning.models import Assignment
from tenants.people.models import Person


class AssignmentForm(FramingForm):
    """Asks for what `assign_path` needs, and shows what it refuses at the field it is about."""

    actor: Person

    class Meta:
        model = Assignment
        fields = ("person", "path", "outcome", "claim", "because", "sign", "starts_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "starts_on" in self.fields:
            self.fields["starts_on"].required = False
            self.fields["starts_on"].help_text = "Empty: today."

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            self._rehearse()
        return self.cleaned_data

    def assign(self) -> Assigned:
        """Do it. Raises `ValidationError` where the action refuses."""
        return assign_path(
            path=self.cleaned_data["path"],
            people=[self.cleaned_data["person"]],
            outcome=self.cleaned_data["outcome"],
            framing=self.framing(),
            actor=self.actor,
            starts_on=self.cleaned_data["starts_on"],
        )

    def show(self, error: ValidationError) -> None:
        by_field = error.message_dict.items()
        told = {("person" if name == "people" else name): each for name, each in by_field}
        super().show(ValidationError(told))

    def _rehearse(self) -> None:
        try:
            assigned = rehearse(self.assign)
        except ValidationError as error:
            self.show(error)
            return
        if assigned.had_it:
            person, path = self.cleaned_data["person"], self.cleaned_data["path"]
            self.add_error("person", f"{person} is on “{path}” already.")
