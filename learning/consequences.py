"""What changes of people mean for learning: leave pauses, coming back resumes."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from learning.actions import pause, resume
from learning.actions.pauses import AWAY
from tenants.people.models import EmploymentStatus
from tenants.people.signals import PersonChange, people_changed


@receiver(people_changed, dispatch_uid="learning.pause_and_resume")
def pause_and_resume(changes: Sequence[PersonChange], **_: Any) -> None:
    """Runs in the transaction that wrote the people."""
    moves = [
        (change.person_id, *change.fields["employment_status"])
        for change in changes
        if "employment_status" in change.fields and not change.created
    ]
    now = timezone.now()
    if leaving := [pk for pk, before, after in moves if after in AWAY and before not in AWAY]:
        pause(people=leaving, now=now)
    if back := [pk for pk, _, after in moves if after == EmploymentStatus.ACTIVE]:
        resume(people=back, now=now)
