"""A touchpoint noted in ten seconds: the manager is known, the day is today, one line is left."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from reinforcement.actions import note_touchpoint
from reinforcement.models import Barrier, Touchpoint
from tenants.people.models import Person

LONGEST: Final = 1000  # characters


class QuickForm(forms.Form):
    """Asks for what `note_touchpoint` needs besides, and shows what it refuses."""

    learned = forms.CharField(
        max_length=LONGEST,
        required=False,  # the action says it, in its own words
        error_messages={"max_length": "Keep it to %(limit_value)d characters."},
    )
    barriers = forms.ModelMultipleChoiceField(Barrier.objects.none(), required=False)

    def __init__(self, manager: Person, actor: Person, data: Any) -> None:
        super().__init__(data)
        self.manager, self.actor, self.sent = manager, actor, data
        barriers: Any = self.fields["barriers"]
        barriers.queryset = Barrier.objects.filter(manager=manager)

    @property
    def ticked(self) -> set[str]:
        return set(self.sent.getlist("barriers"))

    def keep(self) -> Touchpoint | None:
        """The talk, noted; None where something speaks against it, which `errors` then say."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        try:
            return note_touchpoint(
                manager=self.manager,
                learned=given["learned"],
                barriers=list(given["barriers"]),
                actor=self.actor,
            )
        except ValidationError as error:
            for field, said in error.message_dict.items():
                self.add_error("learned" if field not in self.fields else field, said)
            return None
