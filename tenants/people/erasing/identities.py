"""The names and keys somebody is known by, and striking them out of texts.

Patterns are of PostgreSQL's and of Python's regular expressions at once.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from tenants.people.models import Person

ERASED: Final = "[erased]"
"""What stands in place of a name: of no language, and shorter than most names."""
KEYS: Final = ("external_id", "employee_number", "email", "user_name")
NAMES: Final = ("given_name", "family_name", "preferred_name")
SHORTEST: Final = 5
"""Characters of a key that is struck out wherever it stands: “12” may be any number."""
MOST: Final = 200
"""Names and keys of one person; whoever has more is no person."""

NAME = r"(?:(?<!\w)|(?<=\\[nrtbf]))(?:%s)(?!\w)"
KEY = r"(?:(?<![\w.+-])|(?<=\\[nrtbf]))(?:%s)(?![\w@-]|\.\w)"


class Pattern(NamedTuple):
    """`finds` minds where words begin and end. `rough` does not: it passes over a text without
    them ten times as fast, so it is asked first."""

    finds: str
    rough: str


@dataclass(frozen=True)
class Identity:
    """`keys` are values of `KEYS`, now or once; `names` whole ones, `called` what colleagues say.

    Texts are compared without regard to case.
    """

    pk: int
    uid: str
    keys: frozenset[str]
    names: frozenset[str]
    called: frozenset[str]

    @cached_property
    def pattern(self) -> Pattern:
        """Finds whole names of two words, addresses and keys, of `SHORTEST` characters or more."""
        return self._pattern(name for name in self.names if " " in name and len(name) >= SHORTEST)

    @cached_property
    def wide(self) -> Pattern:
        """Finds names of one word, too: for texts that a machine wrote about people."""
        return self._pattern(self.names)

    @cached_property
    def own(self) -> Pattern:
        """Finds what colleagues call them, too: for texts that are about them for certain."""
        return self._pattern(self.names | self.called)

    def is_named_by(self, value: object) -> bool:
        """Whether a field of a row says who it is: a key, a uid or a whole name."""
        return _plain(value) in self._exactly

    def is_keyed_by(self, value: object) -> bool:
        return _plain(value) in self._keys

    def scrubbed(self, text: str) -> str:
        """The text without them; JSON may be given as text."""
        return self._finds.sub(ERASED, text)

    def finds(self, text: str) -> bool:
        return self._finds.search(text) is not None

    def scrubbed_value(self, value: Any) -> Any:
        """The same of lists and mappings, at any depth."""
        if isinstance(value, str):
            return self.scrubbed(value)
        if isinstance(value, list):
            return [self.scrubbed_value(each) for each in value]
        if isinstance(value, dict):
            return {name: self.scrubbed_value(each) for name, each in value.items()}
        return value

    @cached_property
    def _finds(self) -> "re.Pattern[str]":
        return re.compile(self.wide.finds, re.IGNORECASE)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(_plain(each) for each in (*self.keys, self.uid))

    @cached_property
    def _exactly(self) -> frozenset[str]:
        return self._keys | {_plain(name) for name in self.names}

    def _pattern(self, names: Iterable[str]) -> Pattern:
        keys = [self.uid, *(key for key in self.keys if len(key) >= SHORTEST)]
        words = sorted(names)
        parts = [KEY % _any_of(keys), *([NAME % _any_of(words)] if words else [])]
        return Pattern("|".join(parts), _any_of([*keys, *words]))


def identity_of(
    person: Person, known: Iterable[Callable[[Person], Iterable[tuple[str, str]]]]
) -> Identity:
    """By what they are known now, and by what the apps say they were known once."""
    found: dict[str, set[str]] = {name: set() for name in (*KEYS, *NAMES)}
    told = [(name, getattr(person, name)) for name in (*KEYS, *NAMES)]
    for each in known:
        told += each(person)
    for name, value in told:
        text = " ".join(str(value or "").split())
        if text and text.lower() != "none" and len(found[name]) < MOST:
            found[name].add(text)
    called = found["given_name"] | found["preferred_name"]
    families = found["family_name"] or {""}
    whole = {f"{first} {last}".strip() for first in called for last in families}
    whole |= {f"{last} {first}" for first in called for last in families if last}
    whole |= {f"{last}, {first}" for first in called for last in families if last}
    keys = frozenset(value for name in KEYS for value in found[name])
    return Identity(person.pk, str(person.uid), keys, frozenset(whole), frozenset(called))


def _any_of(words: Iterable[str]) -> str:
    """The longest first: of “Ann Lee” and “Ann Lee Smith”, the whole is found."""
    both = {form for word in words for form in (word, json.dumps(word, ensure_ascii=False)[1:-1])}
    ordered = sorted(both, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def _plain(value: object) -> str:
    return " ".join(str(value or "").split()).casefold()
