"""Erasing somebody for good (GDPR, article 17): nothing in the company tells of them any more."""

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from tenants.people.access import owners
from tenants.people.auditing import record_event
from tenants.people.erasing.columns import scrub
from tenants.people.erasing.contributions import Erasing, erasures
from tenants.people.erasing.identities import identity_of
from tenants.people.erasing.rows import delete, empty_columns, rows_of
from tenants.people.models import EmploymentStatus, Person
from tenants.people.signals import PersonChange, people_changed
from tenants.people.sync.storage import wait_for_other_runs

EVENT: Final = "erasure"
LONGEST_REASON: Final = 300  # characters


@transaction.atomic
def erase_person(
    *,
    person: Person,
    actor: Person | None,
    reason: str,
    works_here: bool = False,
    now: datetime | None = None,
) -> None:
    """Take them out of every table, at once, and put ``person.erased`` with their uid in the feed.

    `actor` is an owner, or None for the command line. `works_here`: whoever decides knows that
    they have not left. Raises `ValidationError` by field; see `check_erasing`.

    Waits for a sync that runs, and others wait meanwhile. As many statements however much is known
    of somebody; it reads the audit log and what runs kept as a whole, so some seconds where these
    are long.
    """
    now = now or timezone.now()
    wait_for_other_runs()
    list(owners().select_for_update(no_key=True).values_list("pk"))  # two go one after the other
    locked = Person.objects.select_for_update(of=("self",)).filter(pk=person.pk).first()
    if locked is None:
        raise ValidationError("They have been erased already.")
    check_erasing(person=locked, actor=actor, reason=reason, works_here=works_here)
    apps = erasures()
    identity = identity_of(locked, [each.known for each in apps])
    erasing = Erasing(locked, identity, rows_of(locked, lock=True), now)
    for each in apps:
        for step in each.before:
            step(erasing)
    reports = list(Person.objects.filter(manager=locked).values_list("pk", flat=True))
    empty_columns(erasing.rows)
    delete(erasing.rows)
    for each in apps:
        scrub(each.scrubbed, identity)
        for step in each.after:
            step(erasing)
    if reports:
        moved = {"manager": (identity.pk, None)}
        people_changed.send(
            sender=Person, changes=[PersonChange(pk, fields=moved) for pk in reports]
        )
    why = identity.scrubbed(" ".join(reason.split()))
    told = f"Erased the person {identity.uid} for good. Reason: {why}"
    record_event(action=EVENT, words=told, actor=actor)


def check_erasing(
    *, person: Person, actor: Person | None, reason: str, works_here: bool = False
) -> None:
    """Raises `ValidationError` where `erase_person` would."""
    if actor is not None and not actor.is_superuser:
        raise ValidationError("Only an owner erases somebody.")
    if refusal := refused_because(person=person, actor=actor):
        raise ValidationError(refusal)
    if not reason.strip():
        raise ValidationError({"reason": "Say why: the audit log keeps it, and you."})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": f"Keep it to {LONGEST_REASON} characters."})
    if person.employment_status != EmploymentStatus.TERMINATED and not works_here:
        raise ValidationError(
            {"works_here": f"{person} has not left. Delete them in the HRIS first, or confirm."}
        )


def refused_because(*, person: Person, actor: Person | None) -> str:
    """A sentence where nobody, or not this owner, can erase them; else empty. A query at most."""
    if actor is not None and person.pk == actor.pk:
        return "Nobody erases themselves: the audit log has to say who did it. Ask another owner."
    if person.is_superuser and not owners().exclude(pk=person.pk).exists():
        return f"{person} is the last owner: make somebody else one first."
    return ""
