"""The people of a demo company: a name, a seat, a tenure and an employee number each."""

from __future__ import annotations

import random
from dataclasses import dataclass

from config.demo.acme import ACME
from config.demo.cast import CAST, PLAYERS
from config.demo.globex import GLOBEX
from config.demo.mailboxes import mailbox
from config.demo.names import draw_name
from config.demo.nicknames import CALLED
from config.demo.organisation import Organisation
from config.demo.seats import Seat, seats_of
from config.demo.tenures import Tenure, tenures_of

ORGANISATIONS: dict[str, Organisation] = {"acme": ACME, "globex": GLOBEX}


@dataclass(frozen=True)
class Employee:
    """One row of the export, with days instead of dates."""

    number: int
    given: str
    family: str
    preferred: str
    email: str
    seat: Seat
    tenure: Tenure


def employees_of(company: str) -> list[Employee]:
    """Return everybody, in the order of their seats, the same on every call.

    Raises KeyError for a company that has no chart here.
    """
    organisation = ORGANISATIONS[company]
    rng = random.Random(organisation.seed)
    seats = seats_of(organisation, CAST[company], rng)
    tenures = tenures_of(seats, rng)
    numbers = _numbers(tenures, organisation.first_number, rng)
    taken = {email for email in PLAYERS if email.endswith(f"@{organisation.domain}")}
    employees = []
    for seat, tenure, number in zip(seats, tenures, numbers, strict=True):
        given, family, preferred, email = _identity(seat, organisation.domain, taken, rng)
        employees.append(Employee(number, given, family, preferred, email, seat, tenure))
    return employees


def _identity(
    seat: Seat, domain: str, taken: set[str], rng: random.Random
) -> tuple[str, str, str, str]:
    """Return given, family and preferred name and an e-mail not in `taken`, and add it there."""
    if seat.played_by:
        player = PLAYERS[seat.played_by]
        return player.given, player.family, "", seat.played_by
    while True:
        given, family = draw_name(rng, seat.location)
        email = f"{mailbox(given, family)}@{domain}"
        if email not in taken:
            break
    taken.add(email)
    preferred = CALLED.get(given, "") if rng.random() < 0.6 else ""
    return given, family, preferred, email


def _numbers(tenures: list[Tenure], first: int, rng: random.Random) -> list[int]:
    """Number people in the order they were hired, with gaps where others left long ago."""
    numbers = [0] * len(tenures)
    number = first
    for at in sorted(range(len(tenures)), key=lambda at: -tenures[at].hired):
        numbers[at] = number
        number += rng.choice((1, 1, 1, 2, 3))
    return numbers
