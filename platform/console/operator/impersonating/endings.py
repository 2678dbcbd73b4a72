"""What becomes of it when it is over, by a button or by the clock."""

from django.utils import timezone

from console.operator.log import note
from tenants.companies.actions import end_impersonation
from tenants.companies.context import working_for
from tenants.companies.models import Impersonation
from tenants.people.models import Person


def end(impersonation: Impersonation) -> None:
    """It is over, and both logs say so, once."""
    now = timezone.now()
    if end_impersonation(impersonation=impersonation, now=now):
        began = impersonation.opened_at or now
        minutes = max(1, round((min(now, impersonation.until or now) - began).total_seconds() / 60))
        words = f"stopped looking as {looked_as(impersonation)}, after {minutes} min"
        note(
            company=impersonation.company,
            action="impersonation",
            words=f"{impersonation.operator_email} {words}",
            operator=None,
        )


def looked_as(impersonation: Impersonation) -> str:
    """Who that is, by the company's own table. A query."""
    with working_for(impersonation.company):
        person = Person.objects.filter(uid=impersonation.person).first()
    return person.name if person else "somebody who is not there any more"
