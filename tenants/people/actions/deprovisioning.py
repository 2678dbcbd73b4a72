from django.db import transaction
from django.utils import timezone

from tenants.people.actions.syncing import sync_people
from tenants.people.models import EmploymentStatus, Person


@transaction.atomic
def deprovision(*, person: Person, source: str, origin: str = "") -> None:
    """The identity provider deleted somebody: they have left, and SCIM does not show them.

    Their history stays, and a later push of the same keys brings the same person back
    (RFC 7644, section 3.6, lets a provider keep the row).
    """
    left = {"uid": person.uid, "employment_status": EmploymentStatus.TERMINATED.value}
    sync_people(rows=[left], source=source, origin=origin)
    Person.objects.filter(pk=person.pk).update(deprovisioned_at=timezone.now())


def reinstate(*, person: Person) -> None:
    """The identity provider has them again, perhaps as somebody who has left: SCIM shows them."""
    Person.objects.filter(pk=person.pk).update(deprovisioned_at=None)
