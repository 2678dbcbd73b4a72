"""People of the org chart as cards: each with whom they lead, as deep as is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tenants.people.models import EmploymentStatus, Person
from tenants.people.reporting_lines import ReportingLines

MOST: Final = 60  # reports of one person on a page
MOST_BELOW: Final = 15  # names of a report's own reports


@dataclass(frozen=True)
class Card:
    """Somebody, how many they lead directly and all the way down, and who of them is shown."""

    person: Person
    direct: int
    below: int
    cards: "Sequence[Card]" = ()
    is_chosen: bool = False

    @property
    def has_left(self) -> bool:
        return self.person.employment_status == EmploymentStatus.TERMINATED

    @property
    def more(self) -> int:
        """How many direct reports are not shown."""
        return self.direct - len(self.cards)

    @property
    def columns(self) -> int:
        """How many stand side by side."""
        return min(len(self.cards), 4)


@dataclass(frozen=True)
class Chosen:
    """Somebody in their place: the first card is that of the highest above them."""

    first: Card
    person: Card
    manager: Person | None
    peers: int
    is_left_behind: bool
    """Their manager has left."""


def tops(lines: ReportingLines) -> list[Card]:
    """The top of the company, with two levels below it. One query."""
    found = lines.tops[:MOST]
    people = _people(lines, found)
    return [_open(lines, people, each) for each in found]


def in_place(lines: ReportingLines, person: Person) -> Chosen:
    """Somebody with everybody above them and two levels below. One query."""
    above = lines.above(person.pk)
    people = _people(lines, [person.pk], above)
    theirs = _open(lines, people, person.pk, is_chosen=True)
    first = theirs
    for each in reversed(above):
        first = Card(people[each], len(lines.reports[each]), lines.below[each], (first,))
    manager = lines.managers.get(person.pk)
    peers = len(lines.reports[manager]) - 1 if manager else 0
    left_behind = manager is not None and manager not in lines.managers
    return Chosen(first, theirs, people.get(manager or 0), peers, left_behind)


def _open(
    lines: ReportingLines, people: Mapping[int, Person], key: int, *, is_chosen: bool = False
) -> Card:
    """With their reports, and the names of those' reports."""
    reports = [
        _card(lines, people, each, [_card(lines, people, low) for low in _reports(lines, each)])
        for each in _reports(lines, key, MOST)
    ]
    return _card(lines, people, key, reports, is_chosen=is_chosen)


def _card(
    lines: ReportingLines,
    people: Mapping[int, Person],
    key: int,
    cards: Sequence[Card] = (),
    *,
    is_chosen: bool = False,
) -> Card:
    direct = len(lines.reports.get(key, ()))
    return Card(people[key], direct, lines.below.get(key, 0), cards, is_chosen)


def _reports(lines: ReportingLines, manager: int, most: int = MOST_BELOW) -> Sequence[int]:
    """Who leads the most comes first, then by name."""
    reports = lines.reports.get(manager, ())
    return sorted(reports, key=lambda each: -lines.below.get(each, 0))[:most]


def _people(
    lines: ReportingLines, opened: Iterable[int], above: Iterable[int] = ()
) -> dict[int, Person]:
    """Everybody who is on a card below those, and a manager who left. One query."""
    wanted = {*opened, *above}
    wanted |= {lines.managers[each] or 0 for each in opened if each in lines.managers}
    for each in opened:
        for report in _reports(lines, each, MOST):
            wanted |= {report, *_reports(lines, report)}
    people: dict[int, Person] = Person.objects.select_related("department").in_bulk(wanted)
    return people
