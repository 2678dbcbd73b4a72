"""What signs people in, and what ends it: nothing of it means anything in another company."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.dispatch import receiver
from django.utils import timezone

from tenants.companies.connections import connection
from tenants.people.models import EmploymentStatus, Person
from tenants.people.signals import PersonChange, people_changed


class ResetTokenGenerator(PasswordResetTokenGenerator):
    """Django's, with the schema in what is signed: equal keys and hashes make other tokens."""

    def _make_hash_value(self, user: Person, timestamp: int) -> str:
        return f"{connection.schema_name}:{super()._make_hash_value(user, timestamp)}"


@receiver(people_changed, dispatch_uid="people.end_access")
def end_access(changes: Sequence[PersonChange], **_: Any) -> None:
    """Sessions of whoever leaves are dead for good, not only until they come back."""
    if leavers := [change.person_id for change in changes if _leaves(change)]:
        Person.objects.filter(pk__in=leavers).update(access_ended_at=timezone.now())


def _leaves(change: PersonChange) -> bool:
    _, status = change.fields.get("employment_status", ("", ""))
    return bool(status == EmploymentStatus.TERMINATED)
