"""What slows a team down: noted, put right, moved along, checked back on."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import Outcome, Path
from reinforcement.actions.barrier_rules import refuse_empty_handed, wrong_about
from reinforcement.actions.touchpoints import who_leads_nobody
from reinforcement.models import Barrier, Touchpoint
from tenants.companies.context import current_company
from tenants.people.models import Person

MAY_NOTE, MAY_CHANGE = "reinforcement.add_barrier", "reinforcement.change_barrier"


class BarrierChanges(TypedDict, total=False):
    """What can be put right of a barrier; what is not named stays."""

    words: str
    outcome: Outcome | None
    severity: int
    heard_on: date
    touchpoint: Touchpoint | None
    looked_after_by: Person | None
    check_back_on: date | None
    paths: Collection[Path]


@transaction.atomic
def note_barrier(
    *,
    manager: Person,
    words: str,
    actor: Person,
    outcome: Outcome | None = None,
    severity: int = Barrier.Severity.SLOWS,
    heard_on: date | None = None,
    check_back_on: date | None = None,
    touchpoint: Touchpoint | None = None,
    looked_after_by: Person | None = None,
    paths: Collection[Path] = (),
    now: datetime | None = None,
) -> Barrier:
    """Note what slows a manager's team down: L&D for any manager, a manager for their own team.

    It was heard on the day of the touchpoint, else today, unless another day is given. Raises
    `ValidationError` at the field that is wrong, all of them at once.
    """
    if actor.pk != manager.pk and not actor.has_perm(MAY_NOTE):
        raise ValidationError(
            _("You can note what slows your own team down; L&D does it for others.")
        )
    today = current_company().day_of(now or timezone.now())
    barrier = Barrier(
        manager=manager,
        words=words.strip(),
        outcome=outcome,
        severity=severity,
        heard_on=heard_on or (touchpoint.held_on if touchpoint else today),
        check_back_on=check_back_on,
        touchpoint=touchpoint,
        looked_after_by=looked_after_by,
    )
    barrier.status_since = barrier.heard_on
    wrong = {**who_leads_nobody(manager), **wrong_about(barrier, paths, today=today)}
    if wrong:
        raise ValidationError(wrong)
    barrier.save()
    barrier.paths.set(paths)
    return barrier


@transaction.atomic
def change_barrier(
    *,
    barrier: Barrier,
    actor: Person,
    now: datetime | None = None,
    **changes: Unpack[BarrierChanges],
) -> Barrier:
    """Put right what is known of a barrier, or what is done about it.

    What was fine when it was noted and is not touched stays fine: a day to check back that has
    come, a path archived since. Raises `ValidationError` as `note_barrier` does.
    """
    locked = _taken(barrier, actor)
    had = set(locked.paths.all())
    paths = changes.pop("paths", had)
    first_status = locked.status_since == locked.heard_on
    touched = {name for name, value in changes.items() if getattr(locked, name) != value}
    for name, value in changes.items():
        setattr(locked, name, value)
    locked.words = locked.words.strip()
    if first_status:
        locked.status_since = locked.heard_on
    today = current_company().day_of(now or timezone.now())
    if wrong := wrong_about(locked, set(paths) - had, today=today, touched=touched):
        raise ValidationError(wrong)
    locked.save()
    locked.paths.set(paths)
    return locked


def check_back(
    *, barrier: Barrier, on: date | None, actor: Person, now: datetime | None = None
) -> Barrier:
    """Be reminded on that day, or not any more. Raises `ValidationError` where it is past."""
    return change_barrier(barrier=barrier, actor=actor, now=now, check_back_on=on)


@transaction.atomic
def move_barrier(
    *, barrier: Barrier, status: str, actor: Person, now: datetime | None = None
) -> Barrier:
    """Move it along, or back; the same status again changes nothing.

    What is gone is not checked back on. Raises `ValidationError` where it is said to be addressed
    and nothing was done.
    """
    locked = _taken(barrier, actor)
    if status not in Barrier.Status.values:
        raise ValidationError({"status": "There is no such status: choose one of those shown."})
    if locked.status == status:
        return locked
    if status == Barrier.Status.ADDRESSED:
        refuse_empty_handed(locked)
    locked.status = status
    locked.status_since = current_company().day_of(now or timezone.now())
    if status == Barrier.Status.GONE:
        locked.check_back_on = None
    locked.save(update_fields=["status", "status_since", "check_back_on"])
    return locked


def _taken(barrier: Barrier, actor: Person) -> Barrier:
    """The row as it is now, for nobody else to change meanwhile."""
    if not actor.has_perm(MAY_CHANGE):
        raise ValidationError(_("Only L&D changes what is done about a barrier."))
    locked = Barrier.objects.select_related("manager").select_for_update(of=("self",))
    return locked.get(pk=barrier.pk)
