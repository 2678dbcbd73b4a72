"""E-mail addresses as somebody pastes them, and whose they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from learning.giving.standing import on_path
from learning.models import MOST, Path
from tenants.people.models import EmploymentStatus, Person

ADDRESS: Final = re.compile(r"[^\s<>()\[\]\"',;:|]+@[^\s<>()\[\]\"',;:|]+")
ENTRY: Final = re.compile(r"[\r\n;|\t]+")
NAMED: Final = re.compile(r"<[^<>]*@[^<>]*>")
ALIKE: Final = 0.8
"""How much of an address has to be the same (`difflib`'s ratio) to be offered for another."""

COMPARED: Final = 20
"""Unknown addresses for which a nearest one is looked for: each costs milliseconds."""


@dataclass(frozen=True)
class Unknown:
    """What nobody has, as it was pasted, and the known address that comes nearest, or ""."""

    text: str
    nearest: str


@dataclass(frozen=True)
class Pasted:
    """Whom pasted addresses mean, by what can be done with them."""

    found: list[Person]
    unknown: list[Unknown]
    gone: list[Person]
    on_it: list[Person]

    @property
    def has_problems(self) -> bool:
        return bool(self.unknown or self.gone or self.on_it)


def read_pasted(text: str, path: Path) -> Pasted:
    """Whose addresses these are. At most three queries, however many.

    Separated by anything; ``Name <address>`` and ``Family, Given <address>`` are read, too.
    """
    addresses, others = split(text)
    people = {
        str(person.email): person
        for person in Person.objects.filter(email__in=addresses).select_related("department")
    }
    known = [people[address] for address in addresses if address in people]
    gone = [p for p in known if p.employment_status == EmploymentStatus.TERMINATED]
    here = [p for p in known if p.employment_status != EmploymentStatus.TERMINATED]
    busy = on_path(path, [person.pk for person in here])
    strangers = [address for address in addresses if address not in people]
    return Pasted(
        found=[person for person in here if person.pk not in busy],
        unknown=_unknown([*strangers, *others]),
        gone=gone,
        on_it=[person for person in here if person.pk in busy],
    )


def split(text: str) -> tuple[list[str], list[str]]:
    """The addresses in a text, in small letters and each once; and what is none."""
    addresses, others = dict[str, None](), dict[str, None]()
    for part in _parts(text):
        found = [each.strip(".").lower() for each in ADDRESS.findall(part)]
        addresses.update(dict.fromkeys(found))
        if not found and (plain := part.strip(" \"'<>.")):
            others[plain] = None
    return list(addresses)[:MOST], list(others)[:MOST]


def _parts(text: str) -> Iterator[str]:
    """What stands between separators, but for the family name before ``Given <address>``."""
    for entry in ENTRY.split(text.replace("\0", "")):
        parts = entry.split(",")
        for part, following in zip(parts, [*parts[1:], ""], strict=True):
            if "@" in part or not NAMED.search(following):
                yield part


def _unknown(texts: Sequence[str]) -> list[Unknown]:
    if not texts:
        return []
    here = Person.objects.exclude(employment_status=EmploymentStatus.TERMINATED)
    known = list(here.exclude(email=None).order_by().values_list("email", flat=True))
    return [
        Unknown(text, _nearest(text, known) if place < COMPARED else "")
        for place, text in enumerate(texts)
    ]


def _nearest(text: str, known: Sequence[str]) -> str:
    """Of an address the nearest; of a name the address that is made of it."""
    if "@" in text:
        close = get_close_matches(text[:254], known, n=1, cutoff=ALIKE)
    else:
        words = ".".join(text.lower().split())[:254]
        by_name = {address.partition("@")[0]: address for address in known}
        close = [by_name[each] for each in get_close_matches(words, by_name, n=1, cutoff=ALIKE)]
    return close[0] if close else ""
