"""Ending a calibration: with a result, which may leave the house, or without one."""

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.actions.calibrating import still_open
from learning.actions.calibrations import FEWEST_MANAGERS
from learning.calibration.standing import Standing, standing_of
from learning.models import CalibratedLevel, Calibration
from tenants.companies.context import current_company
from tenants.people.models import Person

State = Calibration.State
LONGEST: Final = 2000  # characters of what was agreed


@transaction.atomic
def close_calibration(
    *,
    calibration: Calibration,
    actor: Person,
    agreed: str = "",
    people: int | None = None,
    now: datetime | None = None,
) -> Standing:
    """Close it: what stands now may leave the house. Returns that.

    `people` is of how many people the actor was told that levels become available. Raises
    `ValidationError` where it is over already, fewer than two managers are done, that number is
    another one by now, or the text is too long.
    """
    now = now or timezone.now()
    locked = still_open(calibration)
    text = agreed.strip()
    if len(text) > LONGEST:
        raise ValidationError({"agreed": f"Keep it to {LONGEST:,} characters."})
    standing = standing_of(locked, today=current_company().day_of(now))
    if len(standing.calibrated) < FEWEST_MANAGERS:
        raise ValidationError(
            "Nothing is calibrated by one manager alone: at least two have to say that they are "
            "done, and to lead somebody in the role still."
        )
    if people is not None and people != standing.people:
        raise ValidationError("This changed meanwhile: read what closing would do now.")
    CalibratedLevel.objects.bulk_create(standing.levels)
    _end(locked, State.CLOSED, actor, now, text)
    return standing


@transaction.atomic
def abandon_calibration(
    *, calibration: Calibration, actor: Person, now: datetime | None = None
) -> Calibration:
    """End it without a result: no level becomes available; what managers noted stays noted.

    Raises `ValidationError` where it is over already.
    """
    return _end(still_open(calibration), State.ABANDONED, actor, now or timezone.now(), "")


def _end(
    calibration: Calibration, state: Calibration.State, actor: Person, now: datetime, agreed: str
) -> Calibration:
    calibration.state, calibration.agreed = state, agreed
    calibration.ended_by, calibration.ended_at = actor, now
    calibration.save(update_fields=["state", "agreed", "ended_by", "ended_at"])
    return calibration
