"""How many new hires had a first win on a gap of their own within two weeks, by cohort."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from learning import plans
from learning.reports.cohorts import first_month
from learning.reports.small_groups import Share, hidden_among
from learning.reports.sql import fetch
from learning.wins import FIRST_WIN
from tenants.companies.context import current_company

MONTHS: Final = 12

WINS: Final = """
WITH hires AS (
    SELECT id, ended_on, coalesce(rehired_on, hired_on) AS hired_on
    FROM people_person
    WHERE employment_status <> 'prehire'
      AND coalesce(rehired_on, hired_on) BETWEEN %(first)s AND %(today)s
), clocks AS (
    SELECT hire.*, path.on_a_path, path.stands_still,
        greatest(hire.hired_on + %(days)s, path.due_on) AS due_on
    FROM hires hire
    CROSS JOIN LATERAL (
        SELECT count(*) > 0 AS on_a_path,
            max(first_win_due_on) AS due_on,
            coalesce(bool_or(
                status = 'paused' AND paused_on <= first_win_due_on AND first_win_at IS NULL
            ), false) AS stands_still
        FROM learning_assignment
        WHERE person_id = hire.id AND status <> 'withdrawn'
          AND starts_on < hire.hired_on + %(days)s
          AND first_win_due_on >= hire.hired_on + %(days)s
    ) path
), over AS (
    SELECT id, hired_on, due_on, on_a_path FROM clocks
    WHERE due_on < %(today)s AND NOT stands_still
      AND NOT coalesce(ended_on BETWEEN hired_on AND due_on, false)
), winners AS (
    SELECT DISTINCT over.id
    FROM over
    JOIN learning_assignment assignment ON assignment.person_id = over.id
    JOIN learning_planstep step ON step.assignment_id = assignment.id
    WHERE step.state = 'done' AND step.quick_win AND step.receipt_code = ANY(%(gaps)s)
      AND (step.done_at AT TIME ZONE %(zone)s)::date BETWEEN over.hired_on AND over.due_on
)
SELECT month::date, count(over.id), count(winners.id), count(*) FILTER (WHERE over.on_a_path)
FROM generate_series(%(first)s::timestamp, %(today)s::timestamp, '1 month') month
LEFT JOIN over ON date_trunc('month', over.hired_on::timestamp) = month
LEFT JOIN winners ON winners.id = over.id
GROUP BY month ORDER BY month
"""


@dataclass(frozen=True)
class Cohort:
    """Who was hired, or hired again, in a month (its first day)."""

    month: date
    won: Share
    on_a_path: Share


@dataclass(frozen=True)
class FirstWins:
    """The shares of all who were hired in these months, and by cohort, the oldest first."""

    won: Share
    on_a_path: Share
    cohorts: tuple[Cohort, ...]


class _Row(NamedTuple):
    month: date
    hires: int
    won: int
    on_a_path: int


def first_wins(*, now: datetime, months: int = MONTHS) -> FirstWins:
    """Share of hires with a gap-specific first win by day 14, by month of hire. One query.

    Numerator: of these, who finished on one of the days from their first to their last a quick win
    whose receipt names a gap of their own, measured or never seen. A quick win that everybody in
    the role does is no answer to a gap. A win counts though its path was withdrawn later.
    Denominator: who was hired or, where that came later, hired again in the last `months` calendar
    months with this one, and whose days are over. The last day is the fourteenth after the hire,
    or as much later as pauses moved it on a path that started within these days. Not counted: who
    has not started, who left within their days, whose clock stands still in a pause.
    `on_a_path` has the same denominator: who was given a path within these days that was not
    withdrawn. Days are those of the company's calendar.
    """
    company = current_company()
    today = company.day_of(now)
    rows = fetch(
        _Row,
        WINS,
        first=first_month(today, months),
        today=today,
        days=FIRST_WIN.days,
        gaps=[plans.GAP, plans.NOT_SEEN],
        zone=company.time_zone,
    )
    hidden = hidden_among({row.month: row.hires for row in rows})
    together = _Row(today, *(sum(column) for column in list(zip(*rows, strict=True))[1:]))
    return FirstWins(
        won=Share.about(together.hires, met=together.won, of=together.hires),
        on_a_path=Share.about(together.hires, met=together.on_a_path, of=together.hires),
        cohorts=tuple(
            Cohort(row.month, Share(), Share()) if row.month in hidden else _cohort(row)
            for row in rows
        ),
    )


def _cohort(row: _Row) -> Cohort:
    return Cohort(
        row.month,
        won=Share.about(row.hires, met=row.won, of=row.hires),
        on_a_path=Share.about(row.hires, met=row.on_a_path, of=row.hires),
    )
