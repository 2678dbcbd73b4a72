"""What a learner reads: their paths, where they stand, and why each step is there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, QuerySet, Value, When

from learning import receipts
from learning.changes import Change, changes_since
from learning.models import Assignment, PlanStep
from learning.wins import FIRST_WIN
from tenants.people.models import Person

State = PlanStep.State


@dataclass(frozen=True)
class Line:
    """A step of somebody's plan with its receipt as a sentence."""

    plan_step: PlanStep
    receipt: str


@dataclass(frozen=True)
class Clock:
    """How far somebody is in the days they have for a first win; `day` counts from 1."""

    day: int
    days: int
    due_on: date


@dataclass(frozen=True)
class MyPath:
    """One assignment as its person sees it: what is in the plan, and what was set aside."""

    assignment: Assignment
    lines: list[Line]
    aside: list[Line]
    clock: Clock | None
    change: Change | None = None
    """What L&D changed on the path since, where they offer it and the person has not decided."""

    @property
    def states(self) -> list[str]:
        return [line.plan_step.state for line in self.lines]

    @property
    def next(self) -> Line | None:
        """What is being done, else the first step to do; nothing while the path is paused."""
        if self.assignment.status not in Assignment.RUNNING:
            return None
        current = current_step([line.plan_step for line in self.lines])
        return next((line for line in self.lines if line.plan_step is current), None)


def current_step(plan: Iterable[PlanStep]) -> PlanStep | None:
    """What somebody works on: the step being done, else the next one to do."""
    plan = list(plan)
    for state in (State.DOING, State.TO_DO):
        for plan_step in plan:
            if plan_step.state == state:
                return plan_step
    return None


def my_paths(person: Person, *, today: date) -> list[MyPath]:
    """Everything given to a person and not withdrawn: running, then paused, then completed.

    `today` is the day on the person's own calendar. Four queries, however many paths and steps;
    where a change is offered, six more.
    """
    assignments = list(
        Assignment.objects.filter(person=person)
        .exclude(status=Assignment.Status.WITHDRAWN)
        .select_related("path", "outcome", "version")
        .order_by(
            Case(
                When(status__in=Assignment.RUNNING, then=Value(0)),
                When(status=Assignment.Status.PAUSED, then=Value(1)),
                default=Value(2),
            ),
            "-moved_at",
            "pk",
        )
    )
    plans: dict[int, list[Line]] = defaultdict(list)
    for line in _lines(plan_steps_of(person).order_by("assignment", "position")):
        plans[line.plan_step.assignment_id].append(line)
    changes = _offered(assignments)
    return [
        _my_path(each, plans[each.pk], today, changes.get(each.version_id or 0))
        for each in assignments
    ]


def _offered(assignments: Iterable[Assignment]) -> dict[int, Change]:
    """Version id → what changed since, for those that wait for their person's word."""
    waiting = [
        each.version
        for each in assignments
        if each.version and each.offered_at and not each.declined_at
        if each.status in Assignment.OPEN
    ]
    return changes_since(waiting) if waiting else {}


def plan_steps_of(person: Person) -> QuerySet[PlanStep]:
    """The steps a person may open: those of their own paths that were not withdrawn."""
    return (
        PlanStep.objects.filter(assignment__person=person)
        .exclude(assignment__status=Assignment.Status.WITHDRAWN)
        .select_related("step", "assignment__path")
    )


def first_win_clock(assignment: Assignment, *, today: date) -> Clock | None:
    """Runs until the first win, or until its day has passed; then there is none."""
    starts_on, due_on = assignment.first_win_due_on - FIRST_WIN, assignment.first_win_due_on
    if assignment.first_win_at or assignment.status not in Assignment.RUNNING:
        return None
    if not starts_on <= today <= due_on:
        return None
    return Clock(day=max((today - starts_on).days, 1), days=FIRST_WIN.days, due_on=due_on)


def _lines(plan_steps: QuerySet[PlanStep]) -> list[Line]:
    found = list(plan_steps)
    told = receipts.sentences(found)
    return [Line(plan_step, told[plan_step.pk]) for plan_step in found]


def _my_path(
    assignment: Assignment, lines: list[Line], today: date, change: Change | None
) -> MyPath:
    return MyPath(
        assignment=assignment,
        lines=[line for line in lines if line.plan_step.state != State.SET_ASIDE],
        aside=[line for line in lines if line.plan_step.state == State.SET_ASIDE],
        clock=first_win_clock(assignment, today=today),
        change=change,
    )
