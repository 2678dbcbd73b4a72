"""Finding the people a path is for."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from learning.models import RoleHolding
from tenants.companies.searching import every_word
from tenants.people.models import Department, EmploymentStatus, Person

IN: Final = ("given_name", "family_name", "preferred_name", "email", "job_title")
Option = tuple[str, str, int]
"""Value, name, and how many people it finds."""


@dataclass(frozen=True)
class Search:
    """What people are to have in common; "" narrows nothing."""

    words: str = ""
    department: str = ""
    role: str = ""
    location: str = ""


def find(search: Search, people: "QuerySet[Person]", *, today: date) -> "QuerySet[Person]":
    """Those of `people` that it means: all its words are in their name, e-mail or title."""
    means = every_word(search.words, IN)
    if search.department:
        means &= Q(department=_key(search.department))
    if search.role:
        held = RoleHolding.objects.current(today)
        means &= Q(Exists(held.filter(person=OuterRef("pk"), role=_key(search.role))))
    if search.location:
        means &= Q(location=search.location)
    found: QuerySet[Person] = people.filter(means)
    return found


def here() -> "QuerySet[Person]":
    """Whoever can be given a path: everybody who has not left."""
    people: QuerySet[Person] = Person.objects.exclude(employment_status=EmploymentStatus.TERMINATED)
    return people


def departments() -> list[Option]:
    """Those in which somebody is. One query."""
    there = ~Q(people__employment_status=EmploymentStatus.TERMINATED)
    counted = Department.objects.annotate(number=Count("people", filter=there))
    found = counted.filter(number__gt=0).values_list("pk", "name", "number")
    return [(str(pk), name, number) for pk, name, number in found]


def roles(*, today: date) -> list[Option]:
    """Those that somebody holds. One query."""
    holdings = RoleHolding.objects.current(today).exclude(
        person__employment_status=EmploymentStatus.TERMINATED
    )
    held = holdings.order_by("role__name", "role").values_list("role", "role__name")
    counted = held.annotate(number=Count("person", distinct=True))
    return [(str(pk), name, number) for pk, name, number in counted]


def locations() -> list[Option]:
    """Where somebody is. One query."""
    places = here().exclude(location="").order_by("location").values_list("location")
    return [(name, name, number) for name, number in places.annotate(number=Count("pk"))]


def _key(value: str) -> int:
    """0, which nothing has, where it is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0
