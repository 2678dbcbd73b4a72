"""Reminds L&D to check back on barriers, on the day it said it would."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q, QuerySet

from reinforcement.actions.outbox import put_in_outbox
from reinforcement.models import Barrier, Delivery
from tenants.companies.context import current_company
from tenants.people.models import EmploymentStatus, Person

logger = logging.getLogger(__name__)

ACTS_ON_IT = "change_barrier"


@dataclass(frozen=True)
class Reminded:
    """What was put into the outbox, and the barriers that nobody is at work to be told of."""

    deliveries: list[Delivery]
    unheard: list[Barrier]


@transaction.atomic
def remind_due_check_backs(*, now: datetime) -> Reminded:
    """One reminder for each barrier whose day to check back has come, from the brief hour on.

    It goes to whoever looks after the barrier; where they are not at work, to a colleague of L&D
    who is; where there is none, it waits for one. A day is reminded of once, and another day
    again. At most six queries besides the transaction's, however many barriers.
    """
    company = current_company()
    if now.astimezone(ZoneInfo(company.time_zone)).hour < company.brief_hour:
        return Reminded([], [])
    today = company.day_of(now)
    due = list(_due(today))
    if not due:
        return Reminded([], [])
    readers = _readers(due)
    told = [(barrier, readers[barrier.pk]) for barrier in due if barrier.pk in readers]
    unheard = [barrier for barrier in due if barrier.pk not in readers]
    if unheard:
        logger.info("%d check-backs wait: nobody of L&D is at work", len(unheard))
    if not told:
        return Reminded([], unheard)
    deliveries = put_in_outbox(Delivery.Kind.CHECK_BACK, told, now=now, turn=today.isoformat())
    Barrier.objects.filter(pk__in=[barrier.pk for barrier, _ in told]).update(
        reminded_on=F("check_back_on")
    )
    return Reminded(deliveries, unheard)


def _due(today: date) -> QuerySet[Barrier]:
    """Those to check back on that nobody was reminded of yet; another worker's are left to it."""
    unreminded = Q(reminded_on=None) | ~Q(reminded_on=F("check_back_on"))
    return (
        Barrier.objects.filter(unreminded, check_back_on__lte=today, status__in=Barrier.OPEN)
        .select_related("looked_after_by__channel_preference")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")
    )


def _readers(due: Sequence[Barrier]) -> dict[int, Person]:
    """Whom to tell of each barrier (by its key), as far as there is anybody. At most one query."""
    own = {each.pk: each.looked_after_by for each in due if each.looked_after_by}
    readers = {pk: person for pk, person in own.items() if _is_there(person)}
    if len(readers) < len(due) and (stand_in := _stand_in()):
        readers = {each.pk: stand_in for each in due} | readers
    return readers


def _is_there(person: Person) -> bool:
    return person.is_staff and person.employment_status == EmploymentStatus.ACTIVE


def _stand_in() -> Person | None:
    """Somebody at work who may act on a barrier: of the group that does, else a superuser."""
    may = Q(groups__permissions__codename=ACTS_ON_IT) | Q(user_permissions__codename=ACTS_ON_IT)
    found: Person | None = (
        Person.objects.at_work()
        .filter(may | Q(is_superuser=True), is_staff=True)
        .select_related("channel_preference")
        .order_by("is_superuser", "pk")
        .first()
    )
    return found
