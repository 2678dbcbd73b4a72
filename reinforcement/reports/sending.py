"""Whether briefs go out: for whoever runs the machines, about messages and not about people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from learning.reports.sql import fetch
from tenants.companies.context import current_company

WEEKS: Final = 12

BRIEFS: Final = """
SELECT monday::date, count(*) FILTER (WHERE state = 'written'),
    count(*) FILTER (WHERE state = 'skipped'), count(*) FILTER (WHERE state = 'missed')
FROM generate_series(%(first)s::timestamp, %(monday)s::timestamp, '7 days') monday
LEFT JOIN reinforcement_brief brief
  ON brief.iso_year = extract(isoyear FROM monday) AND brief.iso_week = extract(week FROM monday)
GROUP BY monday ORDER BY monday
"""

OUTBOX: Final = """
SELECT count(*) FILTER (WHERE state IN ('waiting', 'sending')),
    count(*) FILTER (WHERE state = 'failed'),
    extract(epoch FROM %(now)s - min(next_attempt_at) FILTER (
        WHERE state IN ('waiting', 'sending') AND next_attempt_at <= %(now)s
    ))::float
FROM reinforcement_delivery
"""


class BriefsOfWeek(NamedTuple):
    """How many managers' weeks were written, skipped with a reason, or missed; by its Monday."""

    monday: date
    written: int
    skipped: int
    missed: int


@dataclass(frozen=True)
class Outbox:
    """Deliveries that wait, that failed for good, and for how long the oldest is overdue."""

    waiting: int
    failed: int
    overdue: timedelta


class _Row(NamedTuple):
    waiting: int
    failed: int
    overdue: float | None


def briefs_by_week(*, now: datetime, weeks: int = WEEKS) -> tuple[BriefsOfWeek, ...]:
    """Briefs of the last `weeks` ISO weeks with this one, by state, the oldest first. One query.

    The ISO week is the brief's own; which one is now, the company's calendar says.
    """
    today = current_company().day_of(now)
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    return tuple(fetch(BriefsOfWeek, BRIEFS, first=first, monday=monday))


def outbox(*, now: datetime) -> Outbox:
    """How the outbox stands. One query.

    Overdue is the time since the earliest attempt that should have been made, and was not.
    """
    [row] = fetch(_Row, OUTBOX, now=now)
    return Outbox(row.waiting, row.failed, timedelta(seconds=row.overdue or 0))
