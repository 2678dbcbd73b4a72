from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import Assignment
from reinforcement import reputations
from reinforcement.actions.outbox import put_in_outbox
from reinforcement.models import Delivery, Reputation
from reinforcement.rhythms import is_paused
from tenants.companies.context import current_company
from tenants.companies.identifiers import insert_new
from tenants.people.models import Person

Asked = tuple[Person, date, int]  # whom, their first day, and how many days after it
Status = Assignment.Status
A_DAY = timedelta(days=1)  # how far two clocks can be apart


def ask_due_reputations(*, now: datetime) -> list[Reputation]:
    """Ask everybody whose 14th or 30th day here has come, at the company's hour on their clock.

    Only who is at work and was given a path that was not withdrawn. Caught up for three days, then
    not asked at all. Once per day and employment, whatever happens: the database keeps it so.
    Returns the questions of this call. One query where nobody's day has come, and as many for one
    person as for a hundred.
    """
    due = list(_due(now))
    new = _not_asked(due) if due else []
    return _ask(new, now) if new else []


@transaction.atomic
def answer_reputation(
    *, reputation: Reputation, answer: int, now: datetime | None = None
) -> Reputation:
    """Note what a new hire says; the same twice is once, another answer replaces it.

    Raises `ValidationError` where it is none of the answers, or the question is open no more.
    """
    now = now or timezone.now()
    if answer not in Reputation.Answer.values:
        raise ValidationError({"answer": _("Choose one of the answers.")})
    asked = (
        Reputation.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=reputation.pk)
    )
    if reason := reputations.closed_because(asked, now=now):
        raise ValidationError(reason)
    if asked.answer != answer:
        asked.answer, asked.answered_at = answer, now
        asked.save(update_fields=["answer", "answered_at"])
    return asked


def _due(now: datetime) -> Iterator[Asked]:
    """Whose day has come within the time it is caught up. One query, of few people."""
    hour = current_company().brief_hour
    is_near = Q()
    for day in Reputation.Day.values:
        latest = now.date() - timedelta(days=day)
        is_near |= Q(began_on__range=(latest - reputations.CATCH_UP - A_DAY, latest + A_DAY))
    path = Assignment.objects.filter(person=OuterRef("pk")).filter(
        Q(status__in=Assignment.OPEN)
        | Q(status=Status.COMPLETED, completed_at__date__gte=OuterRef("began_on"))
    )
    for person in (
        Person.objects.at_work()
        .annotate(began_on=Coalesce(F("rehired_on"), F("hired_on")))
        .filter(is_near, Exists(path))
        .select_related("channel_preference")
        .order_by("pk")
    ):
        for day in Reputation.Day.values:
            moment = reputations.due_at(person.began_on, day, zone=person.zone, hour=hour)
            if moment <= now < moment + reputations.CATCH_UP:
                yield person, person.began_on, day


def _not_asked(due: Sequence[Asked]) -> list[Asked]:
    """Those not asked in this employment yet, also where its first day was corrected since."""
    people = {person.pk: person for person, _, _ in due}
    last: dict[tuple[int, int], date] = {}
    for pk, day, asked_at in (
        Reputation.objects.filter(person__in=people)
        .order_by("asked_at")
        .values_list("person_id", "day", "asked_at")
    ):
        last[pk, day] = asked_at.astimezone(people[pk].zone).date()
    return [
        (person, began_on, day)
        for person, began_on, day in due
        if last.get((person.pk, day), date.min) < began_on
    ]


@transaction.atomic
def _ask(new: Sequence[Asked], now: datetime) -> list[Reputation]:
    asked = insert_new(
        [
            Reputation(person=person, hired_on=began_on, day=day, asked_at=now)
            for person, began_on, day in new
        ]
    )
    messages = [(each, each.person) for each in asked if not is_paused(each.person, now)]
    put_in_outbox(Delivery.Kind.REPUTATION, messages, now=now)
    return asked
