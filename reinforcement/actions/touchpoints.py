"""L&D talked with a manager: what it notes of that."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from reinforcement.models import Barrier, Touchpoint
from tenants.companies.context import current_company
from tenants.people.models import EmploymentStatus, Person

MAY_NOTE, MAY_CHANGE = "reinforcement.add_touchpoint", "reinforcement.change_touchpoint"


@transaction.atomic
def note_touchpoint(
    *,
    manager: Person,
    learned: str,
    actor: Person,
    held_on: date | None = None,
    barriers: Collection[Barrier] = (),
    now: datetime | None = None,
) -> Touchpoint:
    """Note a talk with a manager, today's unless another day is given.

    `barriers` are those it was about: each points to its latest talk. Raises `ValidationError`
    at the field where the manager leads nobody, nothing was learned, the day is still to come or
    a barrier is another manager's.
    """
    if not actor.has_perm(MAY_NOTE):
        raise ValidationError("Only L&D notes touchpoints.")
    today = current_company().day_of(now or timezone.now())
    talk = Touchpoint(manager=manager, held_by=actor, held_on=held_on or today)
    talk.learned = learned.strip()
    wrong = {**who_leads_nobody(manager), **_wrong(talk, today)}
    if any(barrier.manager_id != manager.pk for barrier in barriers):
        wrong["barriers"] = f"Choose among what slows {manager.called}'s team down."
    if wrong:
        raise ValidationError(wrong)
    talk.save()
    _point(barriers, talk)
    return talk


@transaction.atomic
def change_touchpoint(
    *,
    touchpoint: Touchpoint,
    learned: str,
    actor: Person,
    held_on: date | None = None,
    now: datetime | None = None,
) -> Touchpoint:
    """Put right what was noted. Raises `ValidationError` as `note_touchpoint` does."""
    if not actor.has_perm(MAY_CHANGE):
        raise ValidationError("Only L&D changes touchpoints.")
    talk = Touchpoint.objects.select_for_update(of=("self",)).get(pk=touchpoint.pk)
    talk.learned, talk.held_on = learned.strip(), held_on or talk.held_on
    if wrong := _wrong(talk, current_company().day_of(now or timezone.now())):
        raise ValidationError(wrong)
    talk.save(update_fields=["learned", "held_on"])
    return talk


def who_leads_nobody(manager: Person) -> dict[str, str]:
    """What speaks against noting something about this manager, by field. At most two queries.

    Whoever led a team that was slowed down can be spoken to about that later, too.
    """
    if manager.employment_status == EmploymentStatus.TERMINATED:
        return {"manager": f"{manager.name} has left: choose who leads the team now."}
    leads = (
        Person.objects.reports_of(manager).exists()
        or Barrier.objects.filter(manager=manager).exists()
    )
    return {} if leads else {"manager": f"Nobody reports to {manager.name}: choose a manager."}


def _wrong(talk: Touchpoint, today: date) -> dict[str, str]:
    wrong = {}
    if not talk.learned:
        wrong["learned"] = "Say in a sentence or two what you learned."
    if talk.held_on > today:
        wrong["held_on"] = "This day is still to come: note the talk once it was held."
    return wrong


def _point(barriers: Collection[Barrier], talk: Touchpoint) -> None:
    """From each barrier to this talk, unless a later one was about it. One query."""
    keys = [barrier.pk for barrier in barriers]
    Barrier.objects.filter(pk__in=keys).exclude(touchpoint__held_on__gt=talk.held_on).update(
        touchpoint=talk
    )
