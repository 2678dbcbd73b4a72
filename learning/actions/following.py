"""What follows when people change: roles by their title, paths by rules. A worker does it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from learning.actions.rules import run_rules
from learning.actions.title_rules import apply_title_rules
from learning.models import AssignmentRule, RuleRun, TitleRule
from tenants.companies.context import current_company


def follow(people: Iterable[int]) -> None:
    """Queue, with the transaction, what title rules and assignment rules make of these people.

    The people are in whatever the rules come to. One query; where there are no rules, that is all.
    """
    from learning.tasks import follow_people

    people = sorted(set(people))
    if people and _any_rules():
        transaction.on_commit(lambda: follow_people.delay(people))


def follow_everybody() -> None:
    """Queue the same for everybody: it is the title rules that changed. No query.

    Also where no rule is left: then the roles end that the last one gave.
    """
    from learning import tasks

    transaction.on_commit(lambda: tasks.follow_everybody.delay())


def _any_rules() -> bool:
    titles = TitleRule.objects.order_by().values("pk")
    rules = AssignmentRule.objects.filter(active=True).order_by().values("pk")
    found = titles.union(rules)[:1]
    return bool(found)


def follow_now(*, now: datetime, people: Iterable[int] | None = None) -> int:
    """Apply title rules, then assignment rules, to these people (ids) or to everybody.

    Returns how many paths were given.
    """
    people = None if people is None else list(people)
    apply_title_rules(today=current_company().day_of(now), people=people)
    return run_rules(now=now, people=people)


def follow_nightly(*, now: datetime) -> int | None:
    """The same for everybody, once per day of the company's calendar; None if it was done.

    A run that fails leaves nothing behind and is tried again.
    """
    today: date = current_company().day_of(now)
    with transaction.atomic():
        run, first = RuleRun.objects.get_or_create(day=today, defaults={"ran_at": now})
        if not first:
            return None
        run.assigned = follow_now(now=now)
        run.save(update_fields=["assigned"])
    return run.assigned
