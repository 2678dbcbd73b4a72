"""Runs assignment rules: each gives its path once to everybody who meets its conditions."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from learning.actions.assignments import give_path
from learning.models import Assignment, AssignmentRule, Path, RuleMatch, Step
from learning.rules.preview import preview
from tenants.companies.context import current_company
from tenants.people.auditing import record_event


def run_rules(*, now: datetime, people: Iterable[int] | None = None) -> int:
    """Run every rule that is switched on, for these people (ids) or everybody.

    A rule whose path is not published, or has lost its steps, waits until it can be given again.
    Returns how many paths were given.
    """
    people = None if people is None else list(people)
    ready = AssignmentRule.objects.filter(
        Exists(Step.objects.filter(path=OuterRef("path"))),
        active=True,
        path__status=Path.Status.PUBLISHED,
    )
    return sum(len(run_rule(rule=rule, now=now, people=people)) for rule in ready)


@transaction.atomic
def run_rule(
    *, rule: AssignmentRule, now: datetime, people: Iterable[int] | None = None
) -> list[Assignment]:
    """Give the rule's path to whoever meets its conditions and has not been through it.

    Who has the path already counts as been through; who lacks what the framing speaks of is asked
    again next time. Two runs of one rule go one after the other. A constant number of queries.
    """
    locked = AssignmentRule.objects.select_for_update(no_key=True, of=("self",))
    rule = locked.select_related("path__role", "outcome__role", "created_by").get(pk=rule.pk)
    found = preview(rule, today=current_company().day_of(now), people=people)
    given = give_path(
        path=rule.path,
        framings=found.framings,
        outcome=rule.outcome,
        actor=rule.created_by,
        source=Assignment.Source.RULE,
        rule=rule,
        now=now,
    )
    matches = [RuleMatch(person=a.person, assignment=a) for a in given.assignments]
    matches += [RuleMatch(person=person) for person in (*found.had_it, *given.had_it)]
    for match in matches:
        match.rule, match.matched_at = rule, now
    RuleMatch.objects.bulk_create(matches)
    return given.assignments


@transaction.atomic
def switch_on(*, rule: AssignmentRule, now: datetime | None = None) -> list[Assignment]:
    """Let a rule run from now on, and run it; returns what it gave.

    Raises `ValidationError` where its path cannot be given.
    """
    if rule.path.status != Path.Status.PUBLISHED:
        raise ValidationError(f"{rule.path} is {rule.path.status}: publish it first.")
    if not rule.path.steps.exists():
        raise ValidationError(f"{rule.path} has no steps: add some first.")
    now = now or timezone.now()
    AssignmentRule.objects.filter(pk=rule.pk).update(active=True, switched_on_at=now)
    record_event(action="rule", about=rule, words=f"Switched the rule “{rule}” on")
    return run_rule(rule=rule, now=now)


def switch_off(*, rule: AssignmentRule) -> None:
    """Let a rule rest. Whoever it gave a path keeps it."""
    AssignmentRule.objects.filter(pk=rule.pk).update(active=False)
    record_event(action="rule", about=rule, words=f"Switched the rule “{rule}” off")
