"""Whom these tests erase, and by which names they would be found."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from learning.models import (
    Assignment,
)
from tenants.people.actions import erase_person
from tenants.people.models import Person

MakePerson = Callable[..., Person]
Assign = Callable[[Person], Assignment]
REASON = "She asked for it by letter, Ada Lindqvist"
KEYS = {
    "external_id": "HR-ADA-1",
    "employee_number": "77",
    "user_name": "ada.at.entra",
    "attributes": {"phone": "+49 30 1234567", "cost_centre": "adamark 7"},
}
ONCE = ("Ada Byron", "Byron", "ada.byron@acme.example")
NAMES = ("Lindqvist", "HR-ADA-1", "ada.at.entra", "1234567", "adamark@", "ada.lindqvist@", *ONCE)


def erase(person: Person, by: Person | None = None, **options: Any) -> None:
    erase_person(person=person, actor=by, **{"reason": REASON, **options})
    connection.check_constraints()  # no row points at what is gone
