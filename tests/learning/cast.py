"""What the fixtures of these tests hand out, and short names for what they ask."""

from collections.abc import Callable
from typing import Any

from learning.actions.assignments import Assigned
from learning.models import Assignment, AssignmentDraft, LearningRecord, Observation, PlanStep
from tenants.people.models import Person

MakePerson = Callable[..., Person]
Assign = Callable[..., Assigned]
Hold = Callable[..., Person]
Prepare = Callable[..., AssignmentDraft]
See = Callable[..., tuple[Observation, list[PlanStep]]]


def plan_of(assignment: Assignment) -> list[PlanStep]:
    return list(assignment.plan_steps.select_related("step").order_by("position"))


def step(assignment: Assignment, slug: str) -> PlanStep:
    return assignment.plan_steps.select_related("step").get(step__slug=slug)


def states(assignment: Assignment) -> dict[str, str]:
    return dict(assignment.plan_steps.values_list("step__slug", "state"))


def kinds(assignment: Assignment) -> list[str]:
    """The kinds of records about an assignment, in the order in which they were written."""
    written: Any = LearningRecord.objects.filter(assignment=assignment).order_by("id")
    return list(written.values_list("kind", flat=True))
