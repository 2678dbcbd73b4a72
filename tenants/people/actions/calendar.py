"""What a new day brings, without anybody sending anything."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from tenants.companies.context import current_company
from tenants.people.actions.syncing import sync_people
from tenants.people.models import EmploymentStatus, Person
from tenants.people.sync.results import SyncResult


def turn_the_day(today: date | None = None) -> SyncResult | None:
    """Whose first day has come starts, and whose last day has come has left; None for nobody.

    Through `sync_people`, so that everything that follows a push follows this too. One query where
    nobody is due. `today` defaults to the company's.
    """
    today = today or current_company().day_of(timezone.now())
    ended = Q(ended_on__lte=today)
    starts = Q(hired_on__lte=today) | Q(hired_on=None)
    restarts = Q(rehired_on__lte=today) | Q(rehired_on=None)
    begun = Q(employment_status=EmploymentStatus.PREHIRE) & starts & restarts
    dated = Q(hired_on__isnull=False) | Q(rehired_on__isnull=False)
    due = (
        Person.objects.filter(ended | (begun & dated))
        .exclude(employment_status=EmploymentStatus.TERMINATED)
        .values_list("uid", flat=True)
    )
    rows = [{"uid": uid} for uid in due]
    return sync_people(rows=rows, source="calendar", today=today) if rows else None
