from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextareaWidget

from learning.admin.rehearsals import rehearse
from reinforcement.actions import change_barrier, note_barrier
from reinforcement.models import Barrier
from tenants.people.models import Person

ASKED = (
    "words",
    "outcome",
    "severity",
    "heard_on",
    "touchpoint",
    "paths",
    "looked_after_by",
    "check_back_on",
)


class BarrierForm(forms.ModelForm):  # type: ignore[type-arg]
    """Asks for what `note_barrier` and `change_barrier` need, and shows what they refuse."""

    actor: Person

    class Meta:
        model = Barrier
        fields = ("manager", *ASKED)
        widgets = {"words": UnfoldAdminTextareaWidget(attrs={"rows": 2})}
        help_texts = {
            "manager": "Whose team it slows down.",
            "touchpoint": "The last talk with this manager that was about it.",
            "paths": "What was designed for it, drafts too.",
            "looked_after_by": "Who of L&D is reminded to check back. Empty: whoever is there.",
            "check_back_on": "On this day a mail reminds to ask whether it is better.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "heard_on" in self.fields and not self.instance.pk:
            self.fields["heard_on"].required = False
            self.fields["heard_on"].help_text = "Empty: the day of the touchpoint, else today."

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            self._rehearse()
        return self.cleaned_data

    def keep(self) -> Barrier:
        """Do it. Raises `ValidationError` where the action refuses."""
        given: Any = {name: self.cleaned_data[name] for name in ASKED}
        if not self.instance.pk:
            return note_barrier(manager=self.cleaned_data["manager"], actor=self.actor, **given)
        return change_barrier(barrier=self.instance, actor=self.actor, **given)

    def _rehearse(self) -> None:
        try:
            rehearse(self.keep)
        except ValidationError as error:
            self.add_error(None, error)
