"""What changes of people mean for reinforcement: whose clock changed has a new rhythm."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from reinforcement.actions.rhythms import begin_rhythm
from tenants.companies.context import current_company
from tenants.people.signals import PersonChange, people_changed


@receiver(people_changed, dispatch_uid="reinforcement.follow_clocks")
def follow_clocks(changes: Sequence[PersonChange], **_: Any) -> None:
    """Runs in the transaction that wrote the people."""
    company = current_company().time_zone  # of whoever has none of their own
    moved = [
        change.person_id
        for change in changes
        if "time_zone" in change.fields and not change.created
        for before, after in [change.fields["time_zone"]]
        if (before or company) != (after or company)
    ]
    if moved:
        begin_rhythm(people=moved, now=timezone.now())
