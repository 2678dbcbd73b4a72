"""Which gaps closed, per skill and role, and who saw it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from learning.models import Observation
from learning.reports.small_groups import Split
from learning.reports.sql import fetch
from tenants.companies.context import current_company

WINDOW: Final = timedelta(weeks=12)
OPEN: Final = "open"
SOURCES: Final = tuple(Observation.Source.values)

GAPS: Final = """
WITH dated AS (
    SELECT person_id, skill_id, observed_on < %(since)s AS earlier,
        ARRAY[(source <> 'self')::int, observed_on - DATE 'epoch', id, level,
            (source = 'check-in')::int] AS weight,
        ARRAY[observed_on - DATE 'epoch', id, level] AS turn
    FROM learning_observation WHERE withdrawn_at IS NULL
), sighting AS (
    SELECT person_id, skill_id, max(weight) AS latest,
        coalesce(
            (max(weight) FILTER (WHERE earlier))[4], (min(turn) FILTER (WHERE NOT earlier))[3]
        ) AS was
    FROM dated GROUP BY person_id, skill_id
), levels AS MATERIALIZED (
    SELECT person_id, skill_id, was, latest[4] AS level,
        CASE WHEN latest[1] = 0 THEN 'self' WHEN latest[5] = 1 THEN 'check-in' ELSE 'manager' END
            AS source
    FROM sighting
), roles AS (
    SELECT person_id, role_id FROM learning_roleholding
    WHERE starts_on <= %(today)s AND (ends_on IS NULL OR ends_on >= %(today)s)
    UNION
    SELECT assignment.person_id, path.role_id
    FROM learning_assignment assignment
    JOIN learning_path path ON path.id = assignment.path_id
    WHERE assignment.status IN ('assigned', 'in_progress', 'paused')
       OR (assignment.completed_at AT TIME ZONE %(zone)s)::date >= %(since)s
), has AS MATERIALIZED (
    SELECT roles.person_id, roles.role_id
    FROM roles JOIN people_person person ON person.id = roles.person_id
    WHERE person.employment_status <> 'terminated'
), became AS (
    SELECT needed.id, needed.role_id, needed.skill_id,
        CASE WHEN level >= required_level THEN source ELSE 'open' END AS part
    FROM has
    JOIN learning_roleskill needed ON needed.role_id = has.role_id
    JOIN levels ON levels.person_id = has.person_id AND levels.skill_id = needed.skill_id
    WHERE levels.was < needed.required_level
), counted AS (
    SELECT id, role_id, skill_id, part, count(*) AS gaps FROM became GROUP BY 1, 2, 3, 4
)
SELECT role.name, skill.name,
    coalesce(sum(gaps) FILTER (WHERE part = 'self'), 0)::int,
    coalesce(sum(gaps) FILTER (WHERE part = 'manager'), 0)::int,
    coalesce(sum(gaps) FILTER (WHERE part = 'check-in'), 0)::int,
    coalesce(sum(gaps) FILTER (WHERE part = 'open'), 0)::int
FROM counted
JOIN learning_role role ON role.id = counted.role_id
JOIN learning_skill skill ON skill.id = counted.skill_id
GROUP BY role.id, counted.id, skill.id ORDER BY role.name, counted.id
"""
"""Arrays compare from left to right: the largest weight is the observation that counts, as
`ObservationQuerySet.current` orders them, without a sort of them all."""


@dataclass(frozen=True)
class SkillGaps:
    """Gaps in one skill of one role by how they stand: closed, by who saw it, or ``open``."""

    role: str
    skill: str
    gaps: Split


@dataclass(frozen=True)
class GapsClosed:
    """What became, since a day, of the gaps there were: per role, in the order of its skills.

    There is no figure of the whole, since a person is in many rows: what is left of it besides the
    rows that are shown could be about very few people. `together` adds up these rows alone.
    """

    since: date
    rows: tuple[SkillGaps, ...]

    @property
    def together(self) -> Counter[str]:
        """How many gaps, person by skill, over the rows that are shown."""
        return sum((Counter(row.gaps.parts) for row in self.rows if row.gaps.parts), Counter())


class _Row(NamedTuple):
    role: str
    skill: str
    self_: int
    manager: int
    check_in: int
    open: int


def gaps_closed(*, now: datetime, window: timedelta = WINDOW) -> GapsClosed:
    """Gaps closed per skill and role, and how they were seen. One query.

    Denominator: who had the gap. That is whoever has the role and was below the level it requires
    at the start of the window; of whom nothing was seen by then, the first that was seen since
    decides, so that finding out that somebody can do it already closes no gap. Who never was seen
    is not counted.
    Numerator: of these, whose level is at or above the required one now; by the source of the
    observation that counts now, as `levels.current_levels` has it.
    Who has the role: everybody but who has left that holds it today, is on a path of it, or
    completed one since the window began. Levels are those of the days on which they were seen;
    what was taken back never counts. The window ends today on the company's calendar.
    """
    company = current_company()
    today = company.day_of(now)
    since = today - window
    rows = fetch(_Row, GAPS, since=since, today=today, zone=company.time_zone)
    return GapsClosed(since, tuple(_skill_gaps(row) for row in rows))


def _skill_gaps(row: _Row) -> SkillGaps:
    parts = {
        Observation.Source.SELF.value: row.self_,
        Observation.Source.MANAGER.value: row.manager,
        Observation.Source.CHECK_IN.value: row.check_in,
        OPEN: row.open,
    }
    return SkillGaps(row.role, row.skill, Split.about(sum(parts.values()), parts))
