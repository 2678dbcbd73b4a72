from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from learning.framing.framings import Framing
from learning.framing.hints import HINTS, HINTS_WITH_OUTCOME, REASONS
from learning.framing.language import Code, languages_in
from learning.framing.stems import stems
from learning.models import Outcome

# in every sentence, or in every measure
COMMON: Final = stems(
    "an and are as at average been by each every for from has have in into is it median more no "
    "not of on one or people share team than that the their them they this to two was week when "
    "which who will with within without work you your"
)


@dataclass(frozen=True)
class Concern:
    """What somebody may want to say otherwise: asked about once, never refused."""

    part: str
    """claim, because or sign"""

    code: Code

    words: str
    """what was found, as it was written"""

    outcome: str = ""
    measure: str = ""
    """of the role's outcome that comes nearest to the part, where there is one"""

    @property
    def reason(self) -> str:
        return REASONS[self.code] % {"words": self.words}

    @property
    def hint(self) -> str:
        """How to say it instead."""
        if not self.outcome:
            return str(HINTS[self.part])
        names = {"outcome": self.outcome, "measure": self.measure}
        return HINTS_WITH_OUTCOME[self.part] % names


def concerns_about(framing: Framing, outcomes: Sequence[Outcome]) -> list[Concern]:
    """At most one for each part and code, in the order in which they are read."""
    own = stems(*(f"{outcome.name} {outcome.measure}" for outcome in outcomes))
    return [
        Concern(part, code, words, *_nearest(text, outcomes))
        for part, text in asdict(framing).items()
        for code, words in languages_in(text, own)
    ]


def _nearest(text: str, outcomes: Sequence[Outcome]) -> tuple[str, str] | tuple[()]:
    """Name and measure of the outcome with most words in common; of equals, the first."""
    if not outcomes:
        return ()
    said = stems(text) - COMMON
    nearest = max(outcomes, key=lambda one: len(said & stems(one.name, one.measure)))
    return nearest.name, nearest.measure
