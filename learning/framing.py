"""The framing of an assignment: why this path helps this person do their work."""

import re
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError

PLACEHOLDER = re.compile(
    r"^(?:tbd|tba|todo|to do|n/?a|none|null|nil|x+|\.+|-+|\?+|test|asdf\w*|lorem ipsum.*"
    r"|\[.*\]|<.*>|\{.*\}|because|placeholder)[.!?]*$",
    re.IGNORECASE,
)
SHORTEST = 8  # characters: "sell more" has nine
LONGEST = {"claim": 200, "because": 300, "sign": 300}  # characters that an assignment holds

QUESTIONS = {
    "claim": "Say what it helps them do at work, such as 'close deals faster'.",
    "because": "Say which struggle, gap or barrier it answers.",
    "sign": "Say how you will both see it at work.",
}


@dataclass(frozen=True)
class Framing:
    """It reads: This helps you {claim}, because {because}. You will see it when {sign}."""

    claim: str
    because: str
    sign: str

    def __post_init__(self) -> None:
        for part in fields(self):
            tidy = " ".join(getattr(self, part.name).split()).rstrip(".")
            object.__setattr__(self, part.name, tidy)


def check_framing(framing: Framing) -> None:
    """Refuse an empty, placeholder or endless part; raises `ValidationError` per part."""
    problems = {}
    for part in fields(framing):
        text = getattr(framing, part.name)
        if _says_nothing(text):
            problems[part.name] = QUESTIONS[part.name]
        elif len(text) > LONGEST[part.name]:
            problems[part.name] = f"Say it in at most {LONGEST[part.name]} characters."
    if problems:
        raise ValidationError(problems)


def _says_nothing(text: str) -> bool:
    return (
        len(text) < SHORTEST
        or PLACEHOLDER.match(text) is not None
        or all(PLACEHOLDER.match(word) for word in text.split())
    )
