"""What slows teams down: how many barriers stand where, and for how long."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from learning.reports.sql import fetch
from reinforcement.models import Barrier
from tenants.companies.context import current_company

GONE_SINCE: Final = timedelta(days=90)
AGES: Final = (30, 60, 90)
"""Days; a barrier falls into the first of these that it is younger than, or is older than all."""

BARRIERS: Final = """
WITH aged AS (
    SELECT status,
        CASE WHEN status = 'gone' THEN status_since ELSE %(today)s::date END - heard_on AS age
    FROM reinforcement_barrier
    WHERE status <> 'gone' OR status_since >= %(gone_since)s
)
SELECT stage.status, count(aged.status), coalesce(max(age), 0),
    ARRAY[
        count(*) FILTER (WHERE age < %(a)s),
        count(*) FILTER (WHERE age >= %(a)s AND age < %(b)s),
        count(*) FILTER (WHERE age >= %(b)s AND age < %(c)s),
        count(*) FILTER (WHERE age >= %(c)s)
    ]
FROM unnest(%(statuses)s::text[]) WITH ORDINALITY AS stage(status, place)
LEFT JOIN aged ON aged.status = stage.status
GROUP BY stage.status, stage.place ORDER BY stage.place
"""


@dataclass(frozen=True)
class Stage:
    """The barriers of one status: how many, by age, and the days of the oldest.

    `ages` are those younger than 30, 60 and 90 days, and the older ones.
    """

    status: Barrier.Status
    count: int
    oldest: int
    ages: tuple[int, int, int, int]


class _Row(NamedTuple):
    status: str
    barriers: int
    oldest: int
    ages: list[int]


def barrier_ages(*, now: datetime) -> tuple[Stage, ...]:
    """Barriers by status and age, in the order of the work. One query.

    Age is how long the team has lived with it: the days since it was heard, and for one that is
    gone, until it was. Those gone for more than 90 days are left out. Days are those of the
    company's calendar. These are figures about barriers, which L&D wrote down itself and reads one
    by one, and not about people: none is hidden.
    """
    today: date = current_company().day_of(now)
    a, b, c = AGES
    rows = fetch(
        _Row,
        BARRIERS,
        today=today,
        gone_since=today - GONE_SINCE,
        statuses=Barrier.Status.values,
        a=a,
        b=b,
        c=c,
    )
    return tuple(
        Stage(Barrier.Status(row.status), row.barriers, row.oldest, _four(row.ages)) for row in rows
    )


def _four(ages: list[int]) -> tuple[int, int, int, int]:
    first, second, third, fourth = ages
    return first, second, third, fourth
