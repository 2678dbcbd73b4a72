"""Whom a rule means."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from learning.models import AssignmentRule, RoleHolding
from tenants.people.models import EmploymentStatus, Person


def matching(rule: AssignmentRule, *, today: date) -> "QuerySet[Person]":
    """Everybody who meets all conditions of a saved rule today. One query, and one to prepare it.

    Days since hire count from the last time somebody was hired; who has no such day meets no
    condition about it.
    """
    people = Person.objects.exclude(employment_status=EmploymentStatus.TERMINATED).filter(
        employment_status__in=rule.statuses
    )
    if roles := [role.pk for role in rule.roles.all()]:
        held = RoleHolding.objects.current(today).filter(person=OuterRef("pk"), role__in=roles)
        people = people.filter(Exists(held))
    if departments := [department.pk for department in rule.departments.all()]:
        people = people.filter(department__in=departments)
    if rule.locations:
        people = people.filter(location__in=rule.locations)
    dated: QuerySet[Person] = people.alias(hired=Coalesce("rehired_on", "hired_on"))
    return dated.filter(_hired(rule, today))


def _hired(rule: AssignmentRule, today: date) -> Q:
    condition = Q()
    if rule.days_since_hire_from is not None:
        condition &= Q(hired__lte=today - timedelta(days=rule.days_since_hire_from))
    if rule.days_since_hire_to is not None:
        condition &= Q(hired__gte=today - timedelta(days=rule.days_since_hire_to))
    return condition


def is_about_everybody(rule: AssignmentRule) -> bool:
    """Whether a saved rule narrows nothing but the employment status."""
    return not (
        rule.locations
        or rule.days_since_hire_from is not None
        or rule.days_since_hire_to is not None
        or rule.roles.all()
        or rule.departments.all()
    )
