from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError

from learning.actions import open_calibration
from learning.admin.rehearsals import rehearse
from learning.models import Calibration, CalibrationManager, Role
from tenants.people.models import Person


class People(AutocompleteSelectMultiple):
    """People to search for. What is no key of anybody is told at the field, and not looked up."""

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [each for each in value if str(each).isdigit()], attrs)


class OpeningForm(forms.ModelForm):  # type: ignore[type-arg]
    """Asks for what `open_calibration` needs, and shows what it refuses."""

    actor: Person
    managers = forms.ModelMultipleChoiceField(
        queryset=Person.objects.all(),
        widget=People(CalibrationManager._meta.get_field("manager"), admin.site),
        help_text="At least two, each with people who hold the role. The session is about those "
        "who report to them.",
        error_messages={"required": "Choose at least two managers."},
    )

    class Meta:
        model = Calibration
        fields = ("role",)
        help_texts = {
            "role": "What the levels of its skills mean is kept as it is now: read it before, so "
            "that managers see the same thing."
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        roles: Any = self.fields["role"]
        roles.queryset = Role.objects.filter(status=Role.Status.ACTIVE)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            try:
                rehearse(self.keep)
            except ValidationError as error:
                self.add_error(None, error)  # each at its field
        return self.cleaned_data

    def _get_validation_exclusions(self) -> set[str]:
        """That a role is calibrated once at a time is said by the action."""
        return {*super()._get_validation_exclusions(), "state"}  # type: ignore[misc]

    def keep(self) -> Calibration:
        """Do it. Raises `ValidationError` where the action refuses."""
        return open_calibration(
            role=self.cleaned_data["role"],
            managers=list(self.cleaned_data["managers"]),
            actor=self.actor,
        )
