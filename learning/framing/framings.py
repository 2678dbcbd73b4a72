from dataclasses import dataclass, fields
from typing import Final

from django.utils.translation import gettext_lazy as _

LONGEST: Final = {"claim": 200, "because": 300, "sign": 300}
"""Characters that an assignment holds."""

QUESTIONS: Final = {
    "claim": _("Say what it helps them do at work, such as 'close deals faster'."),
    "because": _("Say which struggle, gap or barrier it answers."),
    "sign": _("Say how you will both see it at work."),
}


@dataclass(frozen=True)
class Framing:
    """It reads: This helps you {claim}, because {because}. You will see it when {sign}."""

    claim: str
    because: str
    sign: str

    def __post_init__(self) -> None:
        for part in fields(self):
            tidy = " ".join(getattr(self, part.name).split()).rstrip(". ")
            object.__setattr__(self, part.name, tidy)
