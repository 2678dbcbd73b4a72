"""How the admin site says what a run did, or would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from tenants.people.exports import FIELDS
from tenants.people.models import EmploymentStatus, SyncRun
from tenants.people.sync.results import Outcome

LABELS: Mapping[str, str] = {
    **FIELDS,
    "manager": "Manager",
    "awaited_manager": "Manager not known yet",
    "deprovisioned_at": "Removed by the identity provider",
    "attributes": "Other details",
}
DATES = ("hired_on", "rehired_on", "ended_on", "deprovisioned_at")
COLOURS: Mapping[str, str] = {
    Outcome.CREATED: "success",
    Outcome.UPDATED: "info",
    Outcome.DEACTIVATED: "warning",
    Outcome.ERROR: "danger",
}
WILL = {
    Outcome.CREATED: "new",
    Outcome.UPDATED: "change",
    Outcome.ERROR: "cannot be read",
    Outcome.UNCHANGED: "stay as they are",
    Outcome.DEACTIVATED: "would be marked as left",
}
DID = {
    Outcome.CREATED: "new",
    Outcome.UPDATED: "changed",
    Outcome.ERROR: "refused",
    Outcome.UNCHANGED: "stayed as they were",
    Outcome.DEACTIVATED: "marked as left",
}
ONE_WILL = {
    Outcome.CREATED: "new",
    Outcome.UPDATED: "changes",
    Outcome.ERROR: "cannot be read",
    Outcome.UNCHANGED: "stays as it is",
    Outcome.DEACTIVATED: "would be marked as left",
}
ONE_DID = {**DID, Outcome.UNCHANGED: "stayed as it was"}


PATIENCE = timedelta(minutes=1)
"""A worker takes up what waits within seconds, unless it is busy or not running."""


@dataclass(frozen=True, slots=True)
class Count:
    """ "4 change": how many rows of one outcome, and the words for it."""

    outcome: Outcome
    number: int
    words: str


def counts(run: SyncRun) -> list[Count]:
    """The outcomes that occurred, in the order a person wants to hear of them."""
    numbers = {
        Outcome.CREATED: run.created,
        Outcome.UPDATED: run.updated,
        Outcome.ERROR: run.failed,
        Outcome.UNCHANGED: run.unchanged,
        Outcome.DEACTIVATED: run.deactivated,
    }
    several, one = (WILL, ONE_WILL) if run.dry_run else (DID, ONE_DID)
    return [
        Count(outcome, number, (one if number == 1 else several)[outcome])
        for outcome, number in numbers.items()
        if number
    ]


def shown(field: str, value: Any) -> str:
    """A value of a run's outcomes as a person reads it; "" for none."""
    if value in (None, "", {}):
        return ""
    if field in DATES:
        return date_format(date.fromisoformat(str(value)[:10]))
    if field == "employment_status" and value in EmploymentStatus:
        return str(EmploymentStatus(value).label)
    if field == "awaited_manager":
        return str(value).partition(":")[2]
    if isinstance(value, dict):
        return ", ".join(f"{name}: {detail}" for name, detail in value.items())
    return str(value)


def is_late(run: SyncRun) -> bool:
    """Whether it has waited longer than it should."""
    return run.state == SyncRun.State.WAITING and run.requested_at < timezone.now() - PATIENCE


def label_of(field: str) -> str:
    return LABELS.get(field, field.replace("_", " ").capitalize())


def message_of(problem: Mapping[str, Any]) -> str:
    """What is wrong, without the name of the field: that stands above it."""
    message = str(problem["message"]).removeprefix(f"{problem['field']}: ")
    return message[:1].upper() + message[1:]
