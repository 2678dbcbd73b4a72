from datetime import datetime

from django.db import transaction
from django.utils import timezone

from reinforcement.models import CalendarFeed
from tenants.people.models import Person


@transaction.atomic
def open_calendar_feed(*, person: Person, now: datetime | None = None) -> CalendarFeed:
    """Give this person a calendar at a secret address; the same one while it is open."""
    feed, _new = CalendarFeed.objects.get_or_create(
        person=person, defaults={"opened_at": now or timezone.now()}
    )
    return feed


@transaction.atomic
def renew_calendar_feed(*, person: Person, now: datetime | None = None) -> CalendarFeed:
    """A new secret address; the old one is dead from then on."""
    close_calendar_feed(person=person)
    return open_calendar_feed(person=person, now=now)


def close_calendar_feed(*, person: Person) -> None:
    """The secret address is dead from then on."""
    CalendarFeed.objects.filter(person=person).delete()
