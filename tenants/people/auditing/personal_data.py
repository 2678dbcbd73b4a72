"""What the audit log knows of a person: what they did, and what was done to their row."""

from typing import Any

from django.db.models import Q

from tenants.people.auditing.models import AuditEntry
from tenants.people.auditing.wording import action_of, changes_of, kind_of, who
from tenants.people.models import Person
from tenants.people.personal_copies import Contribution


def sections(person: Person, *, private: bool) -> dict[str, Any]:
    """One query."""
    on_them = Q(content_type__app_label="people", content_type__model="person", object_id=person.pk)
    found = AuditEntry.objects.filter(Q(actor=person) | on_them)
    entries = list(found.select_related("content_type", "actor").order_by("timestamp", "pk"))
    return {
        "recorded_acts": [_act(entry) for entry in entries if entry.actor_id == person.pk],
        "recorded_changes": [_change(entry) for entry in entries if _is_about(entry, person)],
    }


def _is_about(entry: AuditEntry, person: Person) -> bool:
    kind = entry.content_type
    return bool(kind and kind.model == "person" and entry.object_id == person.pk)


def _act(entry: AuditEntry) -> dict[str, Any]:
    return {
        "at": entry.timestamp,
        "action": action_of(entry),
        "kind": kind_of(entry),
        "address": entry.remote_addr,
    }


def _change(entry: AuditEntry) -> dict[str, Any]:
    changes = [
        {"what": each.label, "before": each.before, "after": each.after}
        for each in changes_of(entry)
    ]
    told = {"at": entry.timestamp, "action": action_of(entry), "by": who(entry)}
    return {**told, "changes": changes}


CONTRIBUTION = Contribution(
    sections,
    covers={"auditing.AuditEntry.actor": "recorded_acts"},
    left_out={
        "auditing.AuditEntry.words": "Sentences that may name others; their kind and time are here."
    },
)
