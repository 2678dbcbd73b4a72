"""Whether managers talk with their people about learning, now and over weeks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from learning.models import Assignment, LearningRecord
from learning.reports.small_groups import Share, hidden_among
from learning.reports.sql import fetch
from tenants.companies.context import current_company

WINDOW: Final = timedelta(days=14)
WEEKS: Final = 12
Kind = LearningRecord.Kind
RUNS_FROM: Final = (Kind.ASSIGNMENT_CREATED, Kind.ASSIGNMENT_STARTED, Kind.ASSIGNMENT_RESUMED)
RUNS_UNTIL: Final = (Kind.ASSIGNMENT_PAUSED, Kind.ASSIGNMENT_WITHDRAWN, Kind.ASSIGNMENT_COMPLETED)

CADENCE: Final = """
WITH days AS (
    SELECT generate_series(
        %(last)s::date - 7 * (%(weeks)s - 1), %(last)s::date, interval '7 days'
    )::date AS day
), spans AS (
    SELECT person_id, kind, (occurred_at AT TIME ZONE %(zone)s)::date AS since,
        (lead(occurred_at) OVER one AT TIME ZONE %(zone)s)::date AS until
    FROM learning_learningrecord
    WHERE kind = ANY(%(kinds)s) AND assignment_id IS NOT NULL
    WINDOW one AS (PARTITION BY assignment_id ORDER BY occurred_at, id)
), learners AS (
    SELECT days.day, spans.person_id
    FROM spans JOIN days ON spans.since <= days.day AND coalesce(days.day < spans.until, true)
    JOIN people_person person ON person.id = spans.person_id
    WHERE spans.kind = ANY(%(runs_from)s) AND coalesce(person.hired_on <= days.day, true)
    UNION
    SELECT %(today)s::date, assignment.person_id
    FROM learning_assignment assignment
    JOIN people_person person ON person.id = assignment.person_id
    WHERE assignment.status = ANY(%(running)s) AND person.employment_status = 'active'
), pairs AS (
    SELECT learners.day, manager.id AS manager_id, manager.department_id, EXISTS (
        SELECT FROM reinforcement_conversation conversation
        WHERE conversation.report_id = report.id
          AND conversation.held_on BETWEEN learners.day - %(window)s
              AND learners.day + (learners.day = %(today)s)::int
          AND (conversation.manager_id = manager.id OR learners.day < %(today)s)
    ) AS talked
    FROM learners
    JOIN people_person report ON report.id = learners.person_id
    JOIN people_person manager ON manager.id = report.manager_id
    WHERE manager.employment_status = 'active'
), managers AS (
    SELECT day, manager_id, department_id, bool_and(talked) AS with_everybody,
        count(*) AS pairs, count(*) FILTER (WHERE talked) AS talked
    FROM pairs GROUP BY day, manager_id, department_id
)
SELECT day, coalesce(department.name, ''), count(*), count(*) FILTER (WHERE with_everybody),
    sum(pairs)::int, sum(talked)::int
FROM managers LEFT JOIN people_department department ON department.id = managers.department_id
GROUP BY day, department.id ORDER BY day, department.name NULLS LAST
"""


@dataclass(frozen=True)
class Talking:
    """Who talks: `managers` with every report of theirs, and `pairs` of a manager and a report."""

    managers: Share
    pairs: Share


@dataclass(frozen=True)
class Team:
    """The managers of a department; "" is those of none."""

    name: str
    talking: Talking


@dataclass(frozen=True)
class Day:
    """How it stood on a day, the last of an ISO week or today: of everybody, and by team."""

    day: date
    talking: Talking
    teams: tuple[Team, ...]

    @property
    def week(self) -> tuple[int, int]:
        """Its ISO year and week."""
        year, number, _ = self.day.isocalendar()
        return year, number


@dataclass(frozen=True)
class Cadence:
    """Today, and the trend: the last days of the ISO weeks that are over, the oldest first."""

    today: Day
    weeks: tuple[Day, ...]


class _Row(NamedTuple):
    day: date
    team: str
    managers: int
    with_everybody: int
    pairs: int
    talked: int


def cadence(*, now: datetime, weeks: int = WEEKS) -> Cadence:
    """Share of managers with a learning conversation per report in the last 14 days. One query.

    A pair is a manager at work and a direct report at work with a running assignment. It counts as
    talking where the manager said "We talked" (a `Conversation`) for a day that is at most 14 days
    back; an answer to a brief's question is none. Where one of the pair is paused, on leave or
    gone, there is no pair.
    `pairs`: pairs that talk, of all pairs. `managers`: managers all of whose pairs talk, of those
    in any pair. Both are told about the managers, and hidden where these are fewer than five; by
    team, that is the manager's own department.
    The trend says the same of the end of the last `weeks` ISO weeks that are over. Whose path ran
    then is known from the learning records. Who led whom then is not kept: lines, departments and
    who is at work of the managers are those of today, and a conversation with whoever led a person
    then counts for whoever does now, so that a change of manager does not darken the past.
    Days are those of the company's calendar; those of conversations are the manager's own.
    """
    company = current_company()
    today = company.day_of(now)
    last = today - timedelta(days=today.isoweekday())
    rows = fetch(
        _Row,
        CADENCE,
        today=today,
        last=last,
        weeks=weeks,
        zone=company.time_zone,
        window=WINDOW.days,
        running=[status.value for status in Assignment.RUNNING],
        runs_from=[kind.value for kind in RUNS_FROM],
        kinds=[kind.value for kind in (*RUNS_FROM, *RUNS_UNTIL)],
    )
    known = {day: _day(day, list(group)) for day, group in groupby(rows, key=lambda row: row.day)}
    sundays = [last - timedelta(weeks=ago) for ago in reversed(range(weeks))]
    return Cadence(
        today=known.get(today) or _day(today, []),
        weeks=tuple(known.get(sunday) or _day(sunday, []) for sunday in sundays),
    )


def _day(day: date, rows: list[_Row]) -> Day:
    hidden = hidden_among({row.team: row.managers for row in rows})
    teams = [
        Team(row.team, Talking(Share(), Share()) if row.team in hidden else _talking([row]))
        for row in rows
    ]
    return Day(day, _talking(rows), tuple(teams))


def _talking(rows: Iterable[_Row]) -> Talking:
    """Of the managers of these teams together."""
    rows = list(rows)
    managers = sum(row.managers for row in rows)
    return Talking(
        managers=Share.about(managers, met=sum(row.with_everybody for row in rows), of=managers),
        pairs=Share.about(
            managers, met=sum(row.talked for row in rows), of=sum(row.pairs for row in rows)
        ),
    )
