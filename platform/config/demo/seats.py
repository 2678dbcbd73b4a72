"""The seats of a company's chart, before anybody sits on them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from config.demo.cast import Cast
from config.demo.organisation import TIME_ZONES, Organisation, Unit


@dataclass(frozen=True)
class Seat:
    """A place in the chart. `above` is the supervisor's index; `level` is 1 at the top.

    `leads` tells a seat with reports from one without; `played_by` is the e-mail of the cast
    member who holds it, or empty.
    """

    title: str
    department: str
    location: str
    level: int
    above: int | None
    leads: bool
    played_by: str = ""


def seats_of(organisation: Organisation, cast: Cast, rng: random.Random) -> list[Seat]:
    """Return every seat, each after the one above it, with the cast seated."""
    home = organisation.home
    seats = [Seat("Chief Executive Officer", "Executive", home, 1, None, leads=True)]
    for branch in organisation.branches:
        seats.append(Seat(branch.chief, branch.department, home, 2, 0, leads=True))
        chief = len(seats) - 1
        for unit in branch.units:
            _add_unit(seats, unit, chief, rng)
    _seat_the_cast(seats, cast, home)
    return seats


def team_of(seats: list[Seat], leader: int) -> list[int]:
    """Return the indexes of those who report to `leader` and lead nobody themselves."""
    return [at for at, seat in enumerate(seats) if seat.above == leader and not seat.leads]


def _add_unit(seats: list[Seat], unit: Unit, chief: int, rng: random.Random) -> None:
    seats.append(Seat(unit.head, unit.department, unit.location, 3, chief, leads=True))
    head = len(seats) - 1
    for size in unit.teams:
        leader = head
        if unit.manager:
            seats.append(Seat(unit.manager, unit.department, unit.location, 4, head, leads=True))
            leader = len(seats) - 1
        level = seats[leader].level + 1
        for _ in range(size):
            title = rng.choice(unit.members)
            where = unit.location if rng.random() < 0.88 else rng.choice(tuple(TIME_ZONES))
            seats.append(Seat(title, unit.department, where, level, leader, leads=False))


def _seat_the_cast(seats: list[Seat], cast: Cast, home: str) -> None:
    titles = [seat.title for seat in seats]
    owner = titles.index("Head of Learning and Development")
    manager = titles.index("Sales Manager")
    team = team_of(seats, manager)
    for at in team:
        seats[at] = replace(seats[at], title="Account Executive", location=home)
    parts = {
        owner: cast.owner,
        manager: cast.manager,
        team[0]: cast.learner,
        team[1]: cast.peer,
        team[-1]: cast.new_hire,
    }
    for at, email in parts.items():
        seats[at] = replace(seats[at], played_by=email)
