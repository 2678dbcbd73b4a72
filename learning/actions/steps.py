from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.actions.completion import complete_finished
from learning.models import Assignment, LearningRecord, PlanStep
from learning.records import record

Kind = LearningRecord.Kind


@transaction.atomic
def start_step(*, plan_step: PlanStep, now: datetime | None = None) -> PlanStep:
    """Mark a step as being done; the first one starts the assignment. Twice is once."""
    now = now or timezone.now()
    plan_step = _locked(plan_step)
    if plan_step.state in (PlanStep.State.DOING, PlanStep.State.DONE):
        return plan_step
    plan_step.state = PlanStep.State.DOING
    plan_step.started_at = now
    plan_step.save(update_fields=["state", "started_at"])
    _move(plan_step.assignment, now)
    record(Kind.STEP_STARTED, [plan_step], now=now)
    return plan_step


@transaction.atomic
def finish_step(
    *, plan_step: PlanStep, intention: str = "", now: datetime | None = None
) -> PlanStep:
    """Mark a step as done, with what the person will try at work. Twice is once.

    The first quick win that closes a gap is the first win; the last step completes the path.
    """
    now = now or timezone.now()
    plan_step = _locked(plan_step)
    if plan_step.state == PlanStep.State.DONE:
        return plan_step
    plan_step.state = PlanStep.State.DONE
    plan_step.started_at = plan_step.started_at or now
    plan_step.done_at = now
    plan_step.intention = intention.strip()[:300]
    plan_step.save(update_fields=["state", "started_at", "done_at", "intention"])
    assignment = plan_step.assignment
    _move(assignment, now)
    record(Kind.STEP_DONE, [plan_step], now=now)
    if plan_step.quick_win and assignment.first_win_at is None:
        assignment.first_win_at = now
        assignment.save(update_fields=["first_win_at"])
        record(Kind.FIRST_WIN, [plan_step], now=now)
    complete_finished([assignment], now=now)
    return plan_step


def _locked(plan_step: PlanStep) -> PlanStep:
    """The step with its assignment locked, so that two clicks are one."""
    Assignment.objects.select_for_update().get(pk=plan_step.assignment_id)
    fresh = PlanStep.objects.select_related(
        "step", "assignment__person", "assignment__path", "assignment__outcome"
    ).get(pk=plan_step.pk)
    if fresh.assignment.status not in Assignment.RUNNING:
        raise ValidationError(
            f"This path is {fresh.assignment.get_status_display()}: its steps cannot change."
        )
    return fresh


def _move(assignment: Assignment, now: datetime) -> None:
    first = assignment.status == Assignment.Status.ASSIGNED
    assignment.status = Assignment.Status.IN_PROGRESS
    assignment.moved_at = now
    assignment.save(update_fields=["status", "moved_at"])
    if first:
        record(Kind.ASSIGNMENT_STARTED, [assignment], now=now)
