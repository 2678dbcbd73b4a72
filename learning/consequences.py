"""What changes of people mean for learning: leave pauses, coming back resumes, rules follow."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from learning.actions import end_earlier_holdings, follow, pause, resume
from learning.actions.pauses import AWAY
from tenants.people.models import EmploymentStatus
from tenants.people.signals import PersonChange, people_changed

RULES_ASK_FOR = frozenset(
    {"job_title", "department", "location", "employment_status", "hired_on", "rehired_on"}
)


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


@receiver(people_changed, dispatch_uid="learning.follow_rules")
def follow_rules(changes: Sequence[PersonChange], **_: Any) -> None:
    """Rules run once the people are committed: a rule never keeps them from coming in."""
    if again := {
        change.person_id: change.fields.get("ended_on", (None, None))[0]
        for change in changes
        if change.fields.get("rehired_on", (None, None))[1]
    }:
        end_earlier_holdings(left_on=again)
    follow(
        change.person_id
        for change in changes
        if change.created or RULES_ASK_FOR & change.fields.keys()
    )
