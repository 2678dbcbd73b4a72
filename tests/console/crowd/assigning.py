"""Who was given which path: everybody the first, in one run, and a fifth of them one more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from learning.models import (
    Assignment,
    AssignmentRule,
    AssignmentRun,
    PathSuggestion,
    PlanStep,
    Recipient,
    RuleMatch,
)
from tests.console.crowd.learning import STEPS, Work
from tests.console.crowd.people import Crowd

STATUSES = ("assigned", "in_progress", "in_progress", "completed")


@dataclass(frozen=True)
class Given:
    """The first path's, one for each person, in their order; with the steps of the plans."""

    assignments: list[Assignment]
    plan_steps: list[PlanStep]

    def first_step_of(self, each: int) -> PlanStep:
        return self.plan_steps[each * STEPS]


def give(company: Crowd, work: Work, now: datetime) -> Given:
    rules = AssignmentRule.objects.bulk_create(
        AssignmentRule(
            name=f"Rule {place}",
            path=path,
            outcome=work.outcomes[place],
            active=place > 1,
            switched_on_at=now if place > 1 else None,
            claim="work faster",
            because="it takes days",
            sign="it takes hours",
        )
        for place, path in enumerate(work.paths)
    )
    everybody = [_assigned(company, work, each, 0, now) for each in range(len(company.people))]
    some = [
        _assigned(company, work, each, 2 + each // 5 % 58, now, rule=rules[2 + each // 5 % 58])
        for each in range(0, len(company.people), 5)
    ]
    assignments = Assignment.objects.bulk_create([*everybody, *some])
    plan_steps = PlanStep.objects.bulk_create(
        PlanStep(
            assignment=assignment,
            step=step,
            position=step.position,
            state="done" if assignment.status == "completed" else "to_do",
            quick_win=step.quick_win,
            receipt_code="gap",
            done_at=assignment.completed_at,
        )
        for assignment in assignments
        for step in work.steps_of(0 if assignment.path_id == work.paths[0].pk else 2)
    )
    given = assignments[: len(everybody)]
    _run(company, work, given, now)
    _match(rules, Assignment.objects.filter(source="rule"), now)
    _suggest(company, work, now)
    return Given(given, plan_steps)


def _assigned(
    company: Crowd,
    work: Work,
    each: int,
    place: int,
    now: datetime,
    rule: AssignmentRule | None = None,
) -> Assignment:
    status = STATUSES[each % 4]
    begun = now - timedelta(days=each % 60)
    return Assignment(
        person=company.people[each],
        path=work.paths[place],
        outcome=work.outcomes[place],
        claim="close deals faster",
        because="two of your demos ended without a next meeting",
        sign="every demo ends with a date in both calendars",
        source="rule" if rule else "hand",
        rule=rule,
        assigned_by=None if rule else company.first,
        assigned_at=begun,
        starts_on=begun.date(),
        first_win_due_on=(begun + timedelta(days=14)).date(),
        first_win_at=now if status != "assigned" else None,
        completed_at=now if status == "completed" else None,
        moved_at=begun,
        status=status,
    )


def _run(company: Crowd, work: Work, given: list[Assignment], now: datetime) -> None:
    """The first run came to everybody; the others to one."""
    runs = AssignmentRun.objects.bulk_create(
        AssignmentRun(
            path=work.paths[each % 60],
            outcome=work.outcomes[each % 60],
            claim="close deals faster",
            because="it takes days",
            sign="it takes hours",
            starts_on=now.date(),
            sent_by=company.first,
            sent_at=now - timedelta(days=each),
            state="done",
            chosen=1 if each else len(given),
            given=0 if each else len(given),
            had_it=1 if each else 0,
        )
        for each in range(200)
    )
    Recipient.objects.bulk_create(
        Recipient(run=runs[0], person_id=each.person_id, became="given", assignment=each)
        for each in given
    )
    Recipient.objects.bulk_create(
        Recipient(run=run, person=company.people[each], became="had_it")
        for each, run in enumerate(runs[1:])
    )


def _match(rules: list[AssignmentRule], given: "QuerySet[Assignment]", now: datetime) -> None:
    by_key: dict[int | None, AssignmentRule] = {rule.pk: rule for rule in rules}
    RuleMatch.objects.bulk_create(
        RuleMatch(
            rule=by_key[each.rule_id], person_id=each.person_id, assignment=each, matched_at=now
        )
        for each in given
    )


def _suggest(company: Crowd, work: Work, now: datetime) -> None:
    PathSuggestion.objects.bulk_create(
        PathSuggestion(
            person=company.people[each],
            path=work.paths[each % 60],
            suggested_by=company.managers[each // 10],
            because="It helps",
            suggested_at=now - timedelta(hours=each),
        )
        for each in range(1_000)
    )
