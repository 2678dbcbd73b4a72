"""Taking back what a run gave, and undoing that: a worker does it where it is many."""

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from learning.actions.giving import A_STRIDE, AT_ONCE, OUR_FAULT, locked_run, queue
from learning.actions.withdrawals import undo_withdrawal, withdraw
from learning.models import Assignment, AssignmentRun, Recipient
from tenants.people.models import EmploymentStatus, Person

State, Status = AssignmentRun.State, Assignment.Status
NAMED: Final = 30
"""Of those who are not given it back, before "and 12 more"."""

KEPT_OUT: Final = "Not given back, having left or having the path open again:"
BUSY: Final = "It is still being given, taken back or given back: look again once that is over."


@transaction.atomic
def take_back(*, run: AssignmentRun, actor: Person, now: datetime | None = None) -> AssignmentRun:
    """Withdraw what a run gave and is still open; what was done is kept.

    Up to `AT_ONCE` assignments are withdrawn when this returns; of more, a worker begins with the
    commit. All are withdrawn as of `now`, by which `give_back` knows them. Raises
    `ValidationError` where the run is still going on.
    """
    run = locked_run(run)
    if run.state in AssignmentRun.GOING_ON:
        raise ValidationError(BUSY)
    if run.state == State.UNDONE:
        return run
    run.state, run.detail = State.UNDOING, ""
    run.undone_by, run.undone_at = actor, now or timezone.now()
    run.save(update_fields=["state", "detail", "undone_by", "undone_at"])
    return _begin(run, still_open(run).count(), run.undone_at)


@transaction.atomic
def give_back(*, run: AssignmentRun, now: datetime | None = None) -> AssignmentRun:
    """Undo `take_back`: what it withdrew stands where it stood. Many, and a worker does it.

    Whoever has left, or has the path open again, is left out; the run's `detail` names them.
    Raises `ValidationError` where it is still being taken back.
    """
    run = locked_run(run)
    if run.state in AssignmentRun.GOING_ON:
        raise ValidationError(BUSY)
    if run.state != State.UNDONE:
        return run
    run.state, run.detail = State.RETURNS, ""
    run.save(update_fields=["state", "detail"])
    return _begin(run, taken_back(run).count(), now or timezone.now())


def go_on_undoing(*, uid: str, now: datetime | None = None) -> None:
    """Take back, or give back, what is left of it, some at a time.

    Done again after a crash it goes on where it was; two at once share the work.
    """
    run = AssignmentRun.objects.get(uid=uid)
    turning = AssignmentRun.objects.filter(pk=run.pk, state__in=AssignmentRun.TURNING)
    turning.update(detail="")
    try:
        while _undo_some(run, now or timezone.now(), at_most=A_STRIDE):
            pass
    except Exception:
        turning.update(detail=OUR_FAULT)
        raise


def still_open(run: AssignmentRun) -> "QuerySet[Assignment]":
    """What it gave, and would be taken back."""
    return Assignment.objects.filter(recipient__run=run, status__in=Assignment.OPEN)


def taken_back(run: AssignmentRun) -> "QuerySet[Assignment]":
    """What was taken back with the run, and is not given back yet."""
    return Assignment.objects.filter(
        recipient__run=run, status=Status.WITHDRAWN, withdrawn_at=run.undone_at
    )


def _begin(run: AssignmentRun, number: int, now: datetime) -> AssignmentRun:
    if number > AT_ONCE:
        queue(run)
    else:
        _undo_some(run, now, at_most=AT_ONCE)
        run.refresh_from_db()
    return run


def _undo_some(run: AssignmentRun, now: datetime, *, at_most: int) -> bool:
    """Withdraw, or give back, the next; whether there are more. One transaction."""
    with transaction.atomic():
        run = locked_run(run)
        if run.state not in AssignmentRun.TURNING:
            return False
        takes = run.state == State.UNDOING
        left = still_open(run) if takes else _free(run)
        some = list(left.order_by("pk")[: at_most + 1])
        if takes:
            withdraw(assignments=some[:at_most], now=run.undone_at)
        else:
            undo_withdrawal(assignments=some[:at_most], now=now)
        if len(some) > at_most:
            return True
        if takes:
            run.state, run.detail = State.UNDONE, ""
        else:
            _end_return(run)
        run.save(update_fields=["state", "undone_by", "undone_at", "detail"])
    return False


def _free(run: AssignmentRun) -> "QuerySet[Assignment]":
    """Of those it was taken from, who is still here and has not got the path again."""
    again = Assignment.objects.filter(
        person=OuterRef("person"), path=OuterRef("path"), status__in=Assignment.OPEN
    )
    here = taken_back(run).exclude(person__employment_status=EmploymentStatus.TERMINATED)
    return here.filter(~Exists(again))


def _end_return(run: AssignmentRun) -> None:
    out = [each.person.name for each in taken_back(run).select_related("person")]
    more = f" and {len(out) - NAMED:,} more" if len(out) > NAMED else ""
    run.detail = f"{KEPT_OUT} {', '.join(out[:NAMED])}{more}." if out else ""
    unfinished = run.recipients.filter(became=Recipient.Became.WAITING).exists()
    run.state = State.FAILED if unfinished else State.DONE
    run.undone_by = run.undone_at = None
