"""Language that does not land: what speaks of careers, growth, hours or compliance."""

import re
from functools import cache, lru_cache
from typing import Final, Literal, get_args

from learning.framing.phrases import compiled, table
from learning.framing.stems import stems

Code = Literal["career", "growth", "hours", "compliance"]

TYPED: Final = str.maketrans("’‐‑", "'--")  # other apostrophes and hyphens than the tables have
BLANK: Final = "·"
CLAUSE: Final = re.compile(r"[,;:.!?]")
READER: Final = re.compile(r"\b(?:you|your|yourself|everyone|everybody)\b")


class Language:
    """One kind of language: the phrases that speak of it, and the work that sounds like it."""

    def __init__(self, code: Code, speaks: list[str], work: list[str]) -> None:
        self.code = code
        self.speaks = tuple(map(compiled, speaks))
        self.work = tuple(map(compiled, work))
        self.anything = compiled(*speaks)  # a sixth of the time that one after the other takes
        self.others = compiled("<others>")

    def found_in(self, plain: str, own: frozenset[str] = frozenset()) -> slice | None:
        """Where a text in small letters speaks of it. `own`: stems of words that are the work."""
        if not self.anything.search(plain):
            return None
        for phrase in self.work:
            plain = phrase.sub(lambda it: BLANK * len(it[0]), plain)
        for phrase in self.speaks:
            for match in phrase.finditer(plain):
                if not (self._is_about_others(match) or _is_own(match, own)):
                    return slice(*match.span())
        return None

    def _is_about_others(self, match: re.Match[str]) -> bool:
        clause = CLAUSE.split(match.string[: match.start()])[-1]
        return self.others.search(clause) is not None and READER.search(match[0]) is None


@cache
def languages() -> tuple[Language, ...]:
    """All of them; read and compiled when somebody first asks, which takes 0.1 seconds."""
    return tuple(Language(code, **table(code)) for code in get_args(Code))


@lru_cache(maxsize=1_000)  # of a rule's framing, most parts read the same for everybody
def languages_in(text: str, own: frozenset[str] = frozenset()) -> tuple[tuple[Code, str], ...]:
    """What a text speaks of, and in which words. `own`: stems of words that are the work."""
    plain = in_small(text)
    return tuple(
        (language.code, text[found])
        for language in languages()
        if (found := language.found_in(plain, own))
    )


def in_small(text: str) -> str:
    """In small letters, each character in its place."""
    plain = text.translate(TYPED)
    small = plain.lower()
    return small if len(small) == len(text) else plain  # İ would become two


def _is_own(match: re.Match[str], own: frozenset[str]) -> bool:
    charged = stems(*filter(None, match.groups()))
    return bool(charged) and charged <= own
