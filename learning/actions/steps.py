from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.actions.completion import complete_finished
from learning.models import Assignment, LearningRecord, PlanStep
from learning.records import record

Kind = LearningRecord.Kind
LONGEST_INTENTION = 300  # characters


@transaction.atomic
def start_step(
    *, plan_step: PlanStep, intention: str | None = None, now: datetime | None = None
) -> PlanStep:
    """Mark a step as being done; the first one starts the assignment. Twice is once.

    `intention` as in `intend`; none leaves it as it is.
    """
    now = now or timezone.now()
    plan_step = _locked(plan_step)
    if plan_step.state in (PlanStep.State.DOING, PlanStep.State.DONE):
        return plan_step
    _refuse_unless_running(plan_step.assignment)
    plan_step.state = PlanStep.State.DOING
    plan_step.started_at = now
    plan_step.intention = _line(intention, plan_step)
    plan_step.save(update_fields=["state", "started_at", "intention"])
    _move(plan_step.assignment, now)
    record(Kind.STEP_STARTED, [plan_step], now=now)
    return plan_step


@transaction.atomic
def finish_step(
    *, plan_step: PlanStep, intention: str | None = None, now: datetime | None = None
) -> PlanStep:
    """Mark a step as done. Twice is once. `intention` as in `intend`; none leaves it as it is.

    The first quick win that closes a gap is the first win; the last step completes the path.
    """
    now = now or timezone.now()
    plan_step = _locked(plan_step)
    if plan_step.state == PlanStep.State.DONE:
        return plan_step
    _refuse_unless_running(plan_step.assignment)
    plan_step.state = PlanStep.State.DONE
    plan_step.started_at = plan_step.started_at or now
    plan_step.done_at = now
    plan_step.intention = _line(intention, plan_step)
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


@transaction.atomic
def intend(*, plan_step: PlanStep, intention: str) -> PlanStep:
    """Keep the one line that says what the person will try at work; an empty one takes it back.

    Their manager sees it. Before, while or after a step is done, as long as the path runs. Raises
    `ValidationError` where it is too long, or the step is not in the plan.
    """
    plan_step = _locked(plan_step)
    _refuse_unless_running(plan_step.assignment)
    if plan_step.state == PlanStep.State.SET_ASIDE:
        raise ValidationError(
            {"intention": _("This step was set aside: start it, then say what you will try.")}
        )
    plan_step.intention = _line(intention, plan_step)
    plan_step.save(update_fields=["intention"])
    return plan_step


def _line(intention: str | None, plan_step: PlanStep) -> str:
    if intention is None:
        return plan_step.intention
    line = " ".join(intention.split())
    if len(line) > LONGEST_INTENTION:
        told = _("Keep it to %(longest)s characters: this line has %(length)s.")
        raise ValidationError(
            {"intention": told % {"longest": LONGEST_INTENTION, "length": len(line)}}
        )
    return line


def _locked(plan_step: PlanStep) -> PlanStep:
    """The step with its assignment locked, so that two clicks are one."""
    Assignment.objects.select_for_update().get(pk=plan_step.assignment_id)
    return PlanStep.objects.select_related(
        "step", "assignment__person", "assignment__path", "assignment__outcome"
    ).get(pk=plan_step.pk)


def _refuse_unless_running(assignment: Assignment) -> None:
    match assignment.status:
        case Assignment.Status.PAUSED:
            raise ValidationError(_("This path is paused: its steps cannot change."))
        case Assignment.Status.COMPLETED:
            raise ValidationError(_("This path is completed: its steps cannot change."))
        case Assignment.Status.WITHDRAWN:
            raise ValidationError(_("This path was taken back: its steps cannot change."))


def _move(assignment: Assignment, now: datetime) -> None:
    first = assignment.status == Assignment.Status.ASSIGNED
    assignment.status = Assignment.Status.IN_PROGRESS
    assignment.moved_at = now
    assignment.save(update_fields=["status", "moved_at"])
    if first:
        record(Kind.ASSIGNMENT_STARTED, [assignment], now=now)
