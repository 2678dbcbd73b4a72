"""What a manager can say of a barrier: in which words, how bad it is, what it hurts."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.models import Outcome
from reinforcement.actions import say_barrier
from reinforcement.actions.barrier_rules import LONGEST
from reinforcement.models import Barrier
from tenants.people.models import Person

Severity = Barrier.Severity
HOW_BAD = [
    (Severity.ANNOYS.value, gettext_lazy("It annoys us")),
    (Severity.SLOWS.value, gettext_lazy("It slows us down")),
    (Severity.STOPS.value, gettext_lazy("It stops us")),
]


class BarrierForm(forms.Form):
    """The rules are the action's; this keeps what was typed, and says each of them at its field."""

    words = forms.CharField(
        label=gettext_lazy("What is it?"),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
        help_text=gettext_lazy(
            "As you would say it over coffee: “Legal takes nine days to look at a contract.”"
        ),
        error_messages={"required": gettext_lazy("Say in a sentence what slows your team down.")},
    )
    severity = forms.TypedChoiceField(
        label=gettext_lazy("How bad is it?"),
        choices=HOW_BAD,
        coerce=int,
        initial=Severity.SLOWS.value,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how bad it is."),
            "invalid_choice": gettext_lazy("Choose how bad it is."),
        },
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What does it hurt?"),
        required=False,
        help_text=gettext_lazy("Only if you know."),
        error_messages={
            "invalid_choice": gettext_lazy("This is not what your people work for any more.")
        },
    )

    def __init__(self, person: Person, outcomes: Iterable[Outcome], sent: Any = None) -> None:
        super().__init__(sent)
        self.person = person
        self.outcomes = {str(outcome.uid): outcome for outcome in outcomes}
        if self.outcomes:
            self.fields["outcome"].choices = _by_role(self.outcomes)  # type: ignore[attr-defined]
        else:
            del self.fields["outcome"]

    def save(self) -> Barrier | None:
        """What was noted; where it could not be, None, and why is said at the fields."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        try:
            return say_barrier(
                manager=self.person,
                words=given["words"],
                severity=given["severity"],
                outcome=self.outcomes.get(given.get("outcome", "")),
            )
        except ValidationError as error:
            self.add_error(None, error)
            return None


def _by_role(outcomes: dict[str, Outcome]) -> list[tuple[str, Any]]:
    """Nothing in particular, then the outcomes; below their role's name where there are several."""
    roles = [
        (role.name, [(key, outcome.name) for key, outcome in group])
        for role, group in groupby(outcomes.items(), key=lambda item: item[1].role)
    ]
    nothing = ("", _("Nothing in particular"))
    return [nothing, *(roles if len(roles) > 1 else [pair for _, group in roles for pair in group])]
