"""What dates and a status together say about somebody's employment."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tenants.people.models import EmploymentStatus
from tenants.people.sync.roster import State, has_left, latest

PREHIRE, ACTIVE, TERMINATED = (
    EmploymentStatus.PREHIRE.value,
    EmploymentStatus.ACTIVE.value,
    EmploymentStatus.TERMINATED.value,
)


def settle(given: Mapping[str, Any], before: Mapping[str, Any], today: date) -> State:
    """Status, `rehired_on` and `ended_on` as they follow from what a row gives.

    Settling the outcome again with the same row changes nothing. A last day that has come ends the
    employment, unless the row says otherwise: it calls the person employed and gives no last day,
    or a hiring after it.
    """
    said = given.get("employment_status")
    employed_by_word = said is not None and said != TERMINATED
    hired = given.get("hired_on", before["hired_on"])
    rehired = given.get("rehired_on", before["rehired_on"])
    ended = given.get("ended_on", before["ended_on"])
    if employed_by_word and ended and _is_over(ended, hired, rehired, given, before, today):
        ended = None
    status = said or before["employment_status"] or ACTIVE
    if status == TERMINATED or (ended and ended <= today):
        last_day = ended or (before["ended_on"] if has_left(before) else None) or today
        return {"employment_status": TERMINATED, "rehired_on": rehired, "ended_on": last_day}
    if has_left(before):
        rehired = given.get("rehired_on") or _came_back(given.get("hired_on"), before, today)
    starts = latest(hired, rehired)
    if starts and starts > today:
        status = PREHIRE
    elif status == PREHIRE and starts and not said:
        status = ACTIVE
    return {
        "employment_status": status,
        "rehired_on": rehired,
        "ended_on": ended,
        "deprovisioned_at": None,
    }


def _is_over(
    ended: date,
    hired: date | None,
    rehired: date | None,
    given: Mapping[str, Any],
    before: Mapping[str, Any],
    today: date,
) -> bool:
    """Whether that last day belongs to an employment before the one the row speaks of."""
    if "ended_on" not in given:
        return ended <= today or has_left(before)
    began = latest(hired, rehired if given.get("rehired_on") else None)
    return ended <= today and began is not None and began > ended


def _came_back(hired: date | None, before: Mapping[str, Any], today: date) -> date | None:
    """When they were hired again. Back on the day they left, that was a mistake put right."""
    left: date | None = before["ended_on"]
    if left == today:
        return before["rehired_on"]  # type: ignore[no-any-return]
    return hired if hired and left and hired > left else today
