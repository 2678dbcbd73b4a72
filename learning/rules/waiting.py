"""Rules that cannot give their path to somebody, as nobody knows what their framing speaks of."""

from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from learning.models import Assignment, AssignmentRule, Path, RuleMatch
from learning.reports.counts import counts
from learning.rules.conditions import matching
from learning.rules.templates import uses
from tenants.people.models import Person

LACKING: Final = {
    "job_title": Q(job_title=""),
    "department": Q(department=None),
    "location": Q(location=""),
    "manager": Q(manager=None),
}
"""What a person lacks who cannot be told about it, by placeholder."""
NAMED: Final = rf"\{{({'|'.join(LACKING)})\}}"


def waiting_for_facts(*, today: date) -> dict[AssignmentRule, int]:
    """Rules that run, each with how many people it waits for the HRIS to tell more about.

    Five queries, however many rules, and one where none speaks of such facts.
    """
    speaks = Q(claim__regex=NAMED) | Q(because__regex=NAMED) | Q(sign__regex=NAMED)
    rules = list(
        AssignmentRule.objects.filter(speaks, active=True, path__status=Path.Status.PUBLISHED)
        .select_related("path")
        .prefetch_related("roles", "departments")
    )
    found = counts({str(rule.pk): _waited_for(rule, today=today) for rule in rules})
    return {rule: found[str(rule.pk)] for rule in rules if found[str(rule.pk)]}


def _waited_for(rule: AssignmentRule, *, today: date) -> "QuerySet[Person]":
    lacking = Q()
    for name, is_lacking in LACKING.items():
        if uses(rule, name):
            lacking |= is_lacking
    before = RuleMatch.objects.filter(rule=rule, person=OuterRef("pk"))
    has_it = Assignment.objects.filter(path=rule.path_id, person=OuterRef("pk")).exclude(
        status=Assignment.Status.WITHDRAWN
    )
    return matching(rule, today=today).filter(lacking, ~Exists(before), ~Exists(has_it))
