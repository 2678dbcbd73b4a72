"""How many managers L&D has not spoken to for a while."""

from datetime import datetime
from typing import Final, NamedTuple

from learning.reports.small_groups import Share
from learning.reports.sql import fetch
from reinforcement.reports.managers import NOT_SPOKEN_TO_AFTER
from tenants.companies.context import current_company

SPOKEN: Final = """
SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (
    SELECT FROM reinforcement_touchpoint touchpoint
    WHERE touchpoint.manager_id = manager.id AND touchpoint.held_on >= %(since)s
))
FROM people_person manager
WHERE manager.employment_status = 'active' AND EXISTS (
    SELECT FROM people_person report
    WHERE report.manager_id = manager.id AND report.employment_status = 'active'
)
"""


class _Row(NamedTuple):
    managers: int
    not_spoken_to: int


def managers_not_spoken_to(*, now: datetime) -> Share:
    """Share of managers L&D has not spoken to in 60 days. One query.

    Numerator: of these, who has no `Touchpoint` held on one of the last 60 days or today; who was
    never spoken to is among them. Denominator: managers at work who lead somebody at work, today.
    Days are those of the company's calendar.
    """
    since = current_company().day_of(now) - NOT_SPOKEN_TO_AFTER
    [row] = fetch(_Row, SPOKEN, since=since)
    return Share.about(row.managers, met=row.not_spoken_to, of=row.managers)
