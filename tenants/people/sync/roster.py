"""Everybody the company has, as one SELECT reads them."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from tenants.people.models import Person

State = dict[str, Any]
"""A person's fields: department by name, manager by key; a negative key is not stored yet."""

KEYS: Final = ("external_id", "employee_number", "email", "user_name")
FIELDS: Final = (
    *KEYS,
    "given_name",
    "family_name",
    "preferred_name",
    "job_title",
    "department",
    "location",
    "manager",
    "awaited_manager",
    "employment_status",
    "hired_on",
    "rehired_on",
    "ended_on",
    "time_zone",
    "locale",
    "deprovisioned_at",
    "attributes",
)
COLUMNS: Final = (
    *("department__name" if name == "department" else name for name in FIELDS[:-1]),
    Cast("attributes", TextField()),  # most have none: reading "{}" as text halves the time
)
NEWCOMER: Final[Mapping[str, Any]] = {
    **dict.fromkeys(FIELDS, ""),
    **dict.fromkeys((*KEYS, "department", "manager")),
    **dict.fromkeys(("hired_on", "rehired_on", "ended_on", "deprovisioned_at")),
    "attributes": {},
}
"""What somebody who is not there yet has in each field."""


class Roster:
    """Everybody by key, and who holds each external id, number, address and user name."""

    def __init__(self) -> None:
        self.people: dict[int, State] = {}
        self.uids: dict[int, UUID] = {}
        self.superusers: set[int] = set()
        self.holders: dict[str, dict[str, int]] = {key: {} for key in KEYS}
        stored = Person.objects.order_by("pk").values_list("pk", "uid", "is_superuser", *COLUMNS)
        for pk, uid, is_superuser, *values in stored:
            state = dict(zip(FIELDS, values, strict=True))
            state["attributes"] = {} if values[-1] == "{}" else json.loads(values[-1])
            self.people[pk] = state
            self.uids[pk] = uid
            if is_superuser:
                self.superusers.add(pk)
            for key in KEYS:
                if (value := state[key]) is not None:
                    self.holders[key][value] = pk

    @cached_property
    def by_uid(self) -> dict[UUID, int]:
        return {uid: pk for pk, uid in self.uids.items()}


def name_of(state: Mapping[str, Any]) -> str:
    """As `Person.name` says it."""
    return f"{state['preferred_name'] or state['given_name']} {state['family_name']}".strip()


def has_left(state: Mapping[str, Any]) -> bool:
    return bool(state["employment_status"] == "terminated")


def latest(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other
