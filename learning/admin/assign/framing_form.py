"""The form of the wizard's third step: a draft's own words, checked as every framing is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone

from learning.actions import frame
from learning.actions.assignments import start_day
from learning.admin.assign.pages import outcomes_of
from learning.admin.framing_form import LABELS, FramingForm
from learning.framing import LONGEST, QUESTIONS, Concern, Framing
from learning.framing.concerns import concerns_about
from learning.framing.ideas import Idea
from learning.models import Assignment, AssignmentDraft, Outcome

CHOOSE: Final = "Choose what it is to move."
EXAMPLES: Final = {
    "claim": "close deals faster",
    "because": "two of your demos ended without a next meeting",
    "sign": "every demo ends with a date in both calendars",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three texts, with what is said about it and what could be said."""

    name: str
    label: str
    question: str
    example: str
    longest: int
    text: str
    error: str
    concerns: Sequence[Concern]
    ideas: Sequence[Idea]


class DraftForm(FramingForm):
    class Meta:
        model = AssignmentDraft
        fields = ("outcome", *QUESTIONS, "starts_on")
        error_messages = {"starts_on": {"invalid": "Enter a day such as 2026-12-01."}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = outcomes_of(self.instance)
        choice: Any = self.fields["outcome"]
        choice.required = True
        choice.queryset = Outcome.objects.filter(role=self.instance.path.role_id)
        choice.error_messages["required"] = choice.error_messages["invalid_choice"] = CHOOSE

    def outcomes(self) -> list[Outcome]:
        chosen = self.cleaned_data.get("outcome")
        return sorted(self.offered, key=lambda outcome: outcome != chosen)

    def clean(self) -> dict[str, Any]:
        """Concerns about one part are said while another is still empty."""
        cleaned = super().clean()
        if self._is_new() and not self.concerns:
            self.concerns = concerns_about(self.framing(), self.outcomes())
        return cleaned

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        try:
            start_day(day, now=timezone.now())
        except ValidationError as error:
            raise ValidationError(error.message_dict["starts_on"]) from error
        return day

    def keep(self, step: AssignmentDraft.Step, *, is_kept: bool) -> None:
        """Keep what was written, right or wrong; of outcome and day what is right. `is_kept`: the
        concerns were read, and the words stay."""
        frame(
            draft=AssignmentDraft.objects.get(pk=self.instance.pk),
            framing=self.written,
            outcome=self.cleaned_data.get("outcome"),
            starts_on=self.cleaned_data.get("starts_on"),
            keep_wording=is_kept,
            step=step,
        )

    @property
    def written(self) -> Framing:
        """As it stands in the fields, valid or not."""
        return Framing(**{part: self._text(part) for part in QUESTIONS})

    def sentence(self) -> str:
        """As somebody will read it; dots where nothing is written yet."""
        words = {part: getattr(self.written, part) or "…" for part in QUESTIONS}
        return Assignment(**words).framing

    def parts(self, ideas: Sequence[Idea], *, patiently: bool = False) -> list[Part]:
        """`patiently`: nothing is said of what is still empty."""
        return [self._part(name, ideas, patiently) for name in QUESTIONS]

    def _part(self, name: str, ideas: Sequence[Idea], patiently: bool) -> Part:
        text = self._text(name)
        is_awaited = patiently and not text.strip()
        return Part(
            name=name,
            label=str(LABELS[name]),
            question=str(QUESTIONS[name]),
            example=EXAMPLES[name],
            longest=LONGEST[name],
            text=text,
            error="" if is_awaited else self.told(name),
            concerns=[each for each in self.concerns if each.part == name],
            ideas=[each for each in ideas if each.part == name and each.text != text],
        )

    def told(self, name: str) -> str:
        """What is wrong with a field; "" where nothing is."""
        return " ".join(str(error) for error in self.errors.get(name, []))

    def _text(self, name: str) -> str:
        return str(self[name].value() or "").replace("\0", "")

    def _is_new(self) -> bool:
        kept = self.instance.wording_kept
        return not kept or not set(QUESTIONS).isdisjoint(self.changed_data)

    def _show_concerns(self) -> None:
        """The page shows them itself, beside each part."""
