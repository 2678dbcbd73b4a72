"""What is no framing at all: nothing, something in its place, or the same thing twice."""

import re
from dataclasses import fields
from functools import cache
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learning.framing.framings import LONGEST, QUESTIONS, Framing
from learning.framing.mashing import is_mashed
from learning.framing.phrases import compiled, table

SHORTEST: Final = 8  # characters: "sell more" has nine
WORD: Final = re.compile(r"[^\W_]+(?:['&/][^\W_]+)*")


def refusals(framing: Framing) -> dict[str, Any]:
    """Part → why it is refused."""
    problems: dict[str, Any] = {}
    earlier: set[str] = set()
    for part in fields(framing):
        text = getattr(framing, part.name)
        question, longest = QUESTIONS[part.name], LONGEST[part.name]
        if _says_nothing(text):
            problems[part.name] = question
        elif len(text) > longest:
            problems[part.name] = _("Say it in at most %d characters.") % longest
        elif text.casefold() in earlier:
            problems[part.name] = _("Another part says the same. %s") % question
        earlier.add(text.casefold())
    return problems


def _says_nothing(text: str) -> bool:
    plain = _plain(text)
    words = WORD.findall(plain)
    return (
        len(plain) < SHORTEST
        or not any(letter.isalpha() for letter in text)
        or _empty_words().issuperset(words)
        or (len(words) > 1 and len(set(words)) == 1)
        or is_mashed(words)
        or _empty_sentences().fullmatch(plain) is not None
        or plain in _questions(get_language())
    )


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").strip(" .!?:;,'\"-")


@cache
def _questions(language: str | None) -> frozenset[str]:
    """What the form asks, as somebody would paste it; in the language that is set."""
    return frozenset(_plain(str(question)) for question in QUESTIONS.values())


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(table("nothing")["words"].split())


@cache
def _empty_sentences() -> re.Pattern[str]:
    return compiled(*table("nothing")["sentences"])
