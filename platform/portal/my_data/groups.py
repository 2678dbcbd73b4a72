"""A group of what is stored: read from somebody's copy, so that the page tells what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

MOST = 5  # rows of a list that are shown; the copy has them all


@dataclass(frozen=True)
class Row:
    """One line of a list, what is said beside it, and somebody's own words where it has some."""

    text: str
    beside: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class Listing:
    """The latest rows first, and how many more there are in the copy."""

    rows: list[Row]
    more: int
    title: str = ""

    @classmethod
    def latest(cls, rows: Sequence[Row], *, title: str = "") -> "Listing":
        """`rows` from the oldest on."""
        newest = list(reversed(rows))[:MOST]
        return cls(newest, len(rows) - len(newest), title)


@dataclass(frozen=True)
class Group:
    """What is stored of one kind: who can see it and why, and how long it is kept."""

    key: str
    title: str
    who: str
    kept: str = ""
    """Where it is another time than the rest, which stays as long as the person's record."""
    about: str = ""
    facts: list[Fact] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    empty: str = ""
    """Said where there is nothing of the kind yet."""
    place: str = ""
    """The name of the page where it can be changed or read."""
    place_label: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.facts and not any(listing.rows for listing in self.listings)
