"""What people's work is there to move."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from learning.models import Assignment, Outcome, RoleHolding
from tenants.people.models import Person


def outcomes_of(people: QuerySet[Person], *, today: date) -> QuerySet[Outcome]:
    """The outcomes of every role that these people hold today or are on a path of, by role.

    One query, with the roles, however many people.
    """
    held = RoleHolding.objects.current(today).filter(person__in=people, role=OuterRef("role"))
    on_path = Assignment.objects.filter(
        person__in=people, status__in=Assignment.OPEN, path__role=OuterRef("role")
    )
    found = Outcome.objects.filter(Q(Exists(held)) | Q(Exists(on_path)))
    return found.select_related("role").order_by("role__name", "role", "pk")
