"""Taking back what was just said of a step: that it is done, or being done."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import plans
from learning.actions.completion import LEFT_TO_DO, complete_finished
from learning.actions.pauses import locked
from learning.actions.plans import replan
from learning.models import Assignment, LearningRecord, Observation, PlanStep
from learning.records import record
from tenants.people.models import Person

Kind, State, Status = LearningRecord.Kind, PlanStep.State, Assignment.Status
MOVED_BY_HAND = (State.DONE, State.DOING)


def can_undo(plan_step: PlanStep, *, person: Person, now: datetime) -> bool:
    """Whether today, on its person's calendar, is the day on which it came into its state."""
    return _day(_since(plan_step), person) == _day(now, person)


@transaction.atomic
def undo_step(*, plan_step: PlanStep, state: str, now: datetime | None = None) -> PlanStep:
    """Take back that a step is in `state` (done, doing); the line that was written stays.

    It gets the state it had before: done goes back to doing where it was started earlier, else to
    what its receipt says. Where it is not in `state` any more nothing happens, so twice is once.
    Until the end of that day; then, and while the path rests, raises `ValidationError`.

    What the feed said stays said. A reader sees `step.returned` (`step.set_aside` for one that is
    set aside again): from there on the step's last `step.done` or `step.started` does not count,
    nor does a `first_win` of this step. `assignment.resumed` takes back a completion, and
    `first_win` follows for the next quick win where one was done meanwhile.
    """
    now = now or timezone.now()
    plan_step = _locked(plan_step)
    if state not in MOVED_BY_HAND or plan_step.state != state:
        return plan_step
    assignment, since = plan_step.assignment, _since(plan_step)
    if not can_undo(plan_step, person=assignment.person, now=now):
        raise ValidationError(_("This can be taken back on the same day only."))
    won = plan_step.quick_win and assignment.first_win_at == plan_step.done_at
    _return(plan_step)
    aside = plan_step.state == State.SET_ASIDE
    record(Kind.STEP_SET_ASIDE if aside else Kind.STEP_RETURNED, [plan_step], now=now)
    if state == State.DONE and won:
        _give_win_to_next(assignment, now)
    _go_back(assignment, now)
    if plan_step.state != State.DOING and _was_seen(assignment.person, since):
        replan([assignment], now=now)
        plan_step.refresh_from_db()
    complete_finished([assignment], now=now)
    return plan_step


def _since(plan_step: PlanStep) -> datetime | None:
    return plan_step.done_at if plan_step.state == State.DONE else plan_step.started_at


def _day(moment: datetime | None, person: Person) -> object:
    return moment and timezone.localdate(moment, person.zone)


def _locked(plan_step: PlanStep) -> PlanStep:
    """The step as it is now; its assignment locked, so that two clicks are one."""
    statuses = (*Assignment.RUNNING, Status.COMPLETED)
    if not (found := locked(statuses, pk=plan_step.assignment_id)):
        raise ValidationError(_("This path rests: its steps cannot change."))
    fresh = PlanStep.objects.select_related("step").get(pk=plan_step.pk)
    fresh.assignment = found[0]
    return fresh


def _return(plan_step: PlanStep) -> None:
    started_before = plan_step.started_at != plan_step.done_at
    if plan_step.state == State.DONE and started_before:
        plan_step.state = State.DOING
    else:
        shown = plan_step.receipt_code == plans.SHOWN
        plan_step.state = State.SET_ASIDE if shown else State.TO_DO
        plan_step.started_at = None
    plan_step.done_at = None
    plan_step.save(update_fields=["state", "started_at", "done_at"])


def _give_win_to_next(assignment: Assignment, now: datetime) -> None:
    """The first quick win that still is done; none where it was the only one."""
    others = assignment.plan_steps.filter(state=State.DONE, quick_win=True)
    following = others.select_related("step").order_by("done_at").first()
    before = assignment.first_win_at
    assignment.first_win_at = following.done_at if following else None
    assignment.save(update_fields=["first_win_at"])
    if following and following.done_at != before:
        following.assignment = assignment
        record(Kind.FIRST_WIN, [following], now=now)


def _go_back(assignment: Assignment, now: datetime) -> None:
    """Status and last move as the steps tell them; a path that was complete is open again."""
    reopens = assignment.status == Status.COMPLETED and _is_unfinished(assignment)
    if assignment.status != Status.COMPLETED or reopens:
        moved = assignment.plan_steps.aggregate(started=Max("started_at"), done=Max("done_at"))
        any_moved = moved["started"] is not None
        assignment.status = Status.IN_PROGRESS if any_moved else Status.ASSIGNED
        assignment.completed_at = None
        assignment.moved_at = max(filter(None, [*moved.values(), _last_resumed(assignment)]))
    try:
        with transaction.atomic():
            assignment.save(update_fields=["status", "completed_at", "moved_at"])
    except IntegrityError as error:
        raise ValidationError(
            _("You have been given this path again since: go on there.")
        ) from error
    if reopens:
        record(Kind.ASSIGNMENT_RESUMED, [assignment], now=now)


def _is_unfinished(assignment: Assignment) -> bool:
    return assignment.plan_steps.filter(state__in=LEFT_TO_DO).exists()


def _last_resumed(assignment: Assignment) -> datetime:
    """When it began to run: given, or resumed last."""
    resumed = LearningRecord.objects.filter(assignment=assignment, kind=Kind.ASSIGNMENT_RESUMED)
    last: datetime | None = resumed.aggregate(last=Max("occurred_at"))["last"]
    return last or assignment.assigned_at


def _was_seen(person: Person, since: datetime | None) -> bool:
    """Whether something was observed meanwhile, which a fixed step did not follow."""
    seen = Observation.objects.filter(person=person)
    return (
        seen.filter(created_at__gte=since).exists() or seen.filter(withdrawn_at__gte=since).exists()
    )
