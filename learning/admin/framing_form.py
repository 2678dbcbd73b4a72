"""A form that asks for a framing: for one assignment, or for a rule."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldBooleanWidget

from learning.framing import QUESTIONS, Concern, Framing, check_framing
from learning.models import Outcome

# `change_form_before_template` of the page: says at the top that nothing is saved yet
FRAMING_NOTE: Final = "learning/framing/note.html"

LABELS: Final = {
    "claim": _("This helps them"),
    "because": _("Because"),
    "sign": _("They will see it when"),
}


class FramingForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the framing check refuses is said at its field. What it only warns of comes back once,
    at its field too, with a box to tick for whoever wants to keep the wording.

    The model has the fields `claim`, `because`, `sign`, `path` and `outcome`.
    """

    keep_wording = forms.BooleanField(
        label=_("Keep this wording"), required=False, widget=UnfoldBooleanWidget
    )
    concerns: Sequence[Concern] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for part, question in QUESTIONS.items():
            if part in self.fields:
                self.fields[part].label = LABELS[part]
                self.fields[part].error_messages["required"] = question

    def framing(self) -> Framing:
        """What is checked. A form whose texts have placeholders fills them."""
        return Framing(**{part: self.cleaned_data.get(part) or "" for part in QUESTIONS})

    def outcomes(self) -> list[Outcome]:
        """Those of the path's role, the chosen one first."""
        chosen, path = self.cleaned_data.get("outcome"), self.cleaned_data.get("path")
        others = path.role.outcomes.all() if path else []
        return [*filter(None, [chosen]), *(other for other in others if other != chosen)]

    def clean(self) -> dict[str, Any]:
        super().clean()
        try:
            self.concerns = check_framing(self.framing(), self.outcomes())
        except ValidationError as error:
            self.show(error)
        if self._is_new():
            self._show_concerns()
        else:
            self.concerns = ()
        return self.cleaned_data

    def is_valid(self) -> bool:
        """False, without an error, while there is something to read before it is saved."""
        return super().is_valid() and not self.asks

    @property
    def asks(self) -> bool:
        """Whether there are concerns, and nobody has said that the wording is to be kept."""
        return bool(self.concerns) and not self.cleaned_data.get("keep_wording")

    def show(self, error: ValidationError) -> None:
        """Say at each field what is refused, unless something is said there already."""
        for name, messages in error.message_dict.items():
            if name not in self.errors:
                self.add_error(name, messages)

    def _is_new(self) -> bool:
        """Whoever kept a wording is not asked about it again when they change something else."""
        return self.instance.pk is None or not set(QUESTIONS).isdisjoint(self.changed_data)

    def _show_concerns(self) -> None:
        parts = list(dict.fromkeys(concern.part for concern in self.concerns))
        for part in parts:
            field = self[part]
            field.help_text = render_to_string(
                "learning/framing/concerns.html",
                {
                    "field": field,
                    "help": field.help_text,
                    "concerns": [each for each in self.concerns if each.part == part],
                    "keep": self["keep_wording"] if part == parts[-1] else None,
                },
            )
