"""What managers do while a calibration is open: they adjust levels, and say that they are done."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.actions.sightings import note_sighting
from learning.calibration.teams import people_in
from learning.models import (
    Calibration,
    CalibrationManager,
    CalibrationSkill,
    Observation,
    Skill,
)
from tenants.companies.context import current_company
from tenants.people.models import Person


@transaction.atomic
def adjust_levels(
    *,
    calibration: Calibration,
    skill: Skill,
    levels: Mapping[Person, int],
    actor: Person,
    now: datetime | None = None,
) -> list[Observation]:
    """Note which level `actor` now sees in people of theirs, in one skill; all of it or nothing.

    Each is an observation like any other, so that plans follow. Raises `ValidationError` where the
    session is over, the actor takes no part or is not their manager any more.
    """
    now = now or timezone.now()
    locked = still_open(calibration)
    _participant(locked, actor)
    if not CalibrationSkill.objects.filter(calibration=locked, skill=skill).exists():
        raise ValidationError(_("This skill is not part of the calibration."))
    mine = people_in(locked.role, [actor.pk], today=current_company().day_of(now)).get(actor.pk, [])
    for person in levels:
        if person not in mine:
            name = person.called
            raise ValidationError(
                _("%(name)s is not in your team and this role any more.") % {"name": name}
            )
    return [
        note_sighting(
            person=person,
            skill=skill,
            level=level,
            actor=actor,
            context=_("Calibration"),
            now=now,
        )[0]
        for person, level in levels.items()
    ]


@transaction.atomic
def say_done(
    *, calibration: Calibration, actor: Person, done: bool = True, now: datetime | None = None
) -> CalibrationManager:
    """Say that what one sees is what the levels mean; or, not `done`, that it needs another look.

    Raises `ValidationError` where the session is over or the actor takes no part.
    """
    participant = _participant(still_open(calibration), actor)
    if bool(participant.done_at) != done:
        participant.done_at = (now or timezone.now()) if done else None
        participant.save(update_fields=["done_at"])
    return participant


def still_open(calibration: Calibration) -> Calibration:
    """The row, so that nobody ends it meanwhile. Raises `ValidationError` where somebody did."""
    locked = (
        Calibration.objects.select_for_update(of=("self",), no_key=True)
        .select_related("role")
        .get(pk=calibration.pk)
    )
    if not locked.is_open:
        raise ValidationError(_("This calibration is over: nothing was recorded."))
    return locked


def _participant(calibration: Calibration, actor: Person) -> CalibrationManager:
    found = CalibrationManager.objects.filter(calibration=calibration, manager=actor).first()
    if found is None:
        raise ValidationError(_("You take no part in this calibration."))
    return found
