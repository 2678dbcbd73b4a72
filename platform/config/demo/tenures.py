"""Who came when, who is away, who left and who is about to start. Days count back from today."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from config.demo.cast import PLAYERS
from config.demo.seats import Seat, team_of

RECENT_ACCOUNT_EXECUTIVES = 4
"""Besides the new hire of the cast, who is one too."""
RECENT_OTHERS = 14
EARLIER_THIS_QUARTER = 40
"""Who came in the ten weeks before those, at most one to a team."""
LEAVERS = 15
FUTURE = 4
ON_LEAVE = 11
"""Besides one manager."""

YEARS_IN = {1: (3900, 4200), 2: (900, 3600), 3: (600, 3300), 4: (300, 2800)}
"""Days since hire of those who lead, shortest and longest, by level."""


@dataclass(frozen=True)
class Tenure:
    """Days since hire (negative: yet to come), the employment status, days since the end if any."""

    hired: int
    employment: str = "Full-Time"
    ended: int | None = None


def tenures_of(seats: list[Seat], rng: random.Random) -> list[Tenure]:
    """Return one tenure per seat.

    A team sees at most one arrival, departure or leave, and the cast's team none but the cast's
    own, so each manager keeps at least three people at work. Nobody who leads has left.
    """
    tenures = [_settled(seat, rng) for seat in seats]
    _change_managers(seats, tenures, rng)
    teams = _open_teams(seats, rng)
    sellers = [team for team in teams if "Account Executive" in seats[team[0]].title]
    recent = sellers[:RECENT_ACCOUNT_EXECUTIVES]
    recent += [team for team in teams if team not in sellers][:RECENT_OTHERS]
    rest = [team for team in teams if team not in recent]
    rng.shuffle(rest)
    for team in recent:
        tenures[rng.choice(team)] = Tenure(rng.randint(1, 18))
    for team in rest[:LEAVERS]:
        ended = rng.randint(3, 80)
        hired = ended + _days(rng, 90, 1500, 300)
        tenures[rng.choice(team)] = Tenure(hired, "Terminated", ended)
    for team in rest[LEAVERS : LEAVERS + FUTURE]:
        tenures[rng.choice(team)] = Tenure(-rng.randint(3, 18))
    for team in rest[LEAVERS + FUTURE : LEAVERS + FUTURE + ON_LEAVE]:
        at = rng.choice(team)
        tenures[at] = replace(tenures[at], employment="Leave of Absence")
    _hire_through_the_quarter(seats, tenures)
    return tenures


def _hire_through_the_quarter(seats: list[Seat], tenures: list[Tenure]) -> None:
    """Of those to whom nothing else happened."""
    rng = random.Random("this quarter")
    for team in _open_teams(seats, rng)[:EARLIER_THIS_QUARTER]:
        settled = [at for at in team if tenures[at].employment == "Full-Time"]
        at = rng.choice([at for at in settled if tenures[at].hired > 30 and not seats[at].leads])
        tenures[at] = Tenure(rng.randint(24, 82))


def _settled(seat: Seat, rng: random.Random) -> Tenure:
    if seat.played_by:
        return Tenure(PLAYERS[seat.played_by].days)
    if seat.leads:
        return Tenure(rng.randint(*YEARS_IN[seat.level]))
    part_time = rng.random() < 0.07
    return Tenure(_days(rng, 24, 2600, 380), "Part-Time" if part_time else "Full-Time")


def _change_managers(seats: list[Seat], tenures: list[Tenure], rng: random.Random) -> None:
    """One manager is new, another on leave."""
    managers = [
        at for at, seat in enumerate(seats) if seat.leads and seat.level == 4 and not seat.played_by
    ]
    new, away = rng.sample(managers, 2)
    tenures[new] = Tenure(rng.randint(3, 12))
    tenures[away] = replace(tenures[away], employment="Leave of Absence")


def _open_teams(seats: list[Seat], rng: random.Random) -> list[list[int]]:
    """Return the teams where something may happen, one of each department before its second."""
    leaders = [at for at, seat in enumerate(seats) if seat.leads and not seat.played_by]
    teams = [team for leader in leaders if len(team := team_of(seats, leader)) > 3]
    rng.shuffle(teams)
    seen: dict[str, int] = {}
    turns: list[tuple[int, list[int]]] = []
    for team in teams:
        department = seats[team[0]].department
        seen[department] = seen.get(department, 0) + 1
        turns.append((seen[department], team))
    return [team for _, team in sorted(turns, key=lambda turn: turn[0])]


def _days(rng: random.Random, shortest: int, longest: int, usual: int) -> int:
    return round(rng.triangular(shortest, longest, usual))
