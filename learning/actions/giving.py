"""Giving a path to many people: at once where they are few, by a worker where they are many."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.actions.assignments import assign_path, check_giving, start_day
from learning.actions.drafts import discard_draft
from learning.actions.withdrawals import undo_withdrawal, withdraw
from learning.framing import Framing
from learning.giving.standing import on_path
from learning.models import Assignment, AssignmentDraft, AssignmentRun, Recipient
from tenants.people.models import EmploymentStatus, Person

Became, State = Recipient.Became, AssignmentRun.State
AT_ONCE: Final = 200
"""People who are given a path while one waits; more than that, and a worker does it."""

A_STRIDE: Final = 200
"""People per transaction: progress moves by so many, and others wait no longer than that."""

PATIENCE: Final = timedelta(minutes=1)
KEPT_OUT: Final = "Not given back, having left or having the path open again:"
OUR_FAULT: Final = "Something went wrong on our side. Try again: nobody is given it twice."


@transaction.atomic
def send_off(
    *, draft: AssignmentDraft, actor: Person, now: datetime | None = None
) -> AssignmentRun:
    """Give the path to everybody who was chosen; the draft is gone, and the run has its uid.

    Up to `AT_ONCE` people have it when this returns; for more, a worker begins with the commit.
    Sent off twice at the same moment, it is the same run. Raises `ValidationError`, and nothing
    happens, where the path, the outcome, the words or the day cannot be given, or nobody can.
    """
    now = now or timezone.now()
    held = AssignmentDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if held is None:
        return AssignmentRun.objects.get(uid=draft.uid)
    chosen = list(held.people.order_by("pk"))
    run = _run_of(held, actor, len(chosen), now)
    _refuse_nobody(held, chosen)
    Recipient.objects.bulk_create(Recipient(run=run, person=person) for person in chosen)
    discard_draft(draft=held)
    if len(chosen) <= AT_ONCE:
        _give_some(run, now, at_most=AT_ONCE)
        run.refresh_from_db()
    else:
        _queue(run)
    return run


def give_waiting(*, uid: str, now: datetime | None = None) -> None:
    """Give the path to whoever still waits for it in a run, some at a time.

    Done again after a crash it goes on where it was; two at once share the work. What cannot be
    done is said in the run's `detail`, and whoever has the path by then keeps it.
    """
    run = AssignmentRun.objects.get(uid=uid)
    try:
        while _give_some(run, now or timezone.now(), at_most=A_STRIDE):
            pass
    except ValidationError as error:
        _fail(run, " ".join(error.messages))
    except Exception:
        _fail(run, OUR_FAULT)
        raise


def try_again(*, run: AssignmentRun) -> None:
    """Have a worker go on with a run that came no further."""
    failed = AssignmentRun.objects.filter(pk=run.pk, state=State.FAILED)
    if failed.update(state=State.QUEUED, detail="", finished_at=None):
        _queue(run)


def take_up_runs(*, now: datetime | None = None) -> int:
    """Queue again what is not finished: its message, or its worker, may be lost."""
    waited = (now or timezone.now()) - PATIENCE
    left = AssignmentRun.objects.filter(state__in=AssignmentRun.UNFINISHED, sent_at__lt=waited)
    for run in (runs := list(left)):
        _queue(run)
    return len(runs)


@transaction.atomic
def take_back(
    *, run: AssignmentRun, actor: Person, now: datetime | None = None
) -> list[Assignment]:
    """Withdraw what a run gave and is still open; returns it. What was done is kept.

    Raises `ValidationError` where the run is still going on.
    """
    now = now or timezone.now()
    run = _locked(run)
    if run.state in AssignmentRun.UNFINISHED:
        raise ValidationError("It is still being given: take it back once that is over.")
    if run.state == State.UNDONE:
        return []
    taken = withdraw(assignments=Assignment.objects.filter(recipient__run=run), now=now)
    run.state, run.undone_by, run.undone_at = State.UNDONE, actor, now
    run.save(update_fields=["state", "undone_by", "undone_at"])
    return taken


@transaction.atomic
def give_back(
    *, run: AssignmentRun, now: datetime | None = None
) -> tuple[list[Assignment], list[Person]]:
    """Undo `take_back`: what it withdrew stands where it stood.

    Returns the assignments, and who is left out: whoever has left, or has the path open again.
    """
    run = _locked(run)
    if run.state != State.UNDONE:
        return [], []
    withdrawn = Assignment.objects.filter(
        recipient__run=run, status=Assignment.Status.WITHDRAWN, withdrawn_at=run.undone_at
    )
    taken = list(withdrawn.select_related("person"))
    busy = on_path(run.path, [assignment.person_id for assignment in taken])
    out = [a.person for a in taken if a.person_id in busy or _has_left(a.person)]
    back = undo_withdrawal(assignments=[a for a in taken if a.person not in out], now=now)
    unfinished = run.recipients.filter(became=Became.WAITING).exists()
    run.state = State.FAILED if unfinished else State.DONE
    run.undone_by = run.undone_at = None
    run.detail = f"{KEPT_OUT} {', '.join(person.name for person in out)}." if out else ""
    run.save(update_fields=["state", "undone_by", "undone_at", "detail"])
    return back, out


def give_back_later(*, run: AssignmentRun) -> None:
    """Have a worker undo `take_back`: for thousands it takes longer than somebody waits."""
    from learning.tasks import give_back_run

    transaction.on_commit(lambda: give_back_run.delay(str(run.uid)))


def _run_of(draft: AssignmentDraft, actor: Person, chosen: int, now: datetime) -> AssignmentRun:
    framing = Framing(draft.claim, draft.because, draft.sign)
    if draft.outcome is None:
        raise ValidationError({"outcome": "Choose the outcome that it is to move."})
    check_giving(draft.path, draft.outcome, [framing])
    return AssignmentRun.objects.create(
        uid=draft.uid,
        path=draft.path,
        outcome=draft.outcome,
        claim=framing.claim,
        because=framing.because,
        sign=framing.sign,
        starts_on=start_day(draft.starts_on, now=now),
        sent_by=actor,
        sent_at=now,
        chosen=chosen,
    )


def _refuse_nobody(draft: AssignmentDraft, chosen: Sequence[Person]) -> None:
    here = [person.pk for person in chosen if not _has_left(person)]
    if len(on_path(draft.path, here)) == len(here):
        raise ValidationError({"people": "Nobody is left to be given it: choose somebody."})


def _give_some(run: AssignmentRun, now: datetime, *, at_most: int) -> bool:
    """Give it to the next who wait; whether there are more. One transaction."""
    with transaction.atomic():
        run = _locked(run)
        if run.state not in AssignmentRun.UNFINISHED:
            return False
        waiting = run.recipients.filter(became=Became.WAITING).select_related("person")
        recipients = list(waiting.order_by("person")[: at_most + 1])
        _give(run, recipients[:at_most], now)
        more = len(recipients) > at_most
        run.state = State.RUNNING if more else State.DONE
        run.finished_at = None if more else now
        run.save()
    return more


def _give(run: AssignmentRun, recipients: Sequence[Recipient], now: datetime) -> None:
    given = assign_path(
        path=run.path,
        people=[each.person for each in recipients if not _has_left(each.person)],
        outcome=run.outcome,
        framing=Framing(run.claim, run.because, run.sign),
        actor=run.sent_by,
        starts_on=run.starts_on,
        now=now,
    )
    made = {assignment.person_id: assignment for assignment in given.assignments}
    for each in recipients:
        each.assignment = made.get(each.person_id)
        if each.assignment:
            each.became = Became.GIVEN
        else:
            each.became = Became.GONE if _has_left(each.person) else Became.HAD_IT
    Recipient.objects.bulk_update(recipients, ["became", "assignment"])
    run.given += sum(each.became == Became.GIVEN for each in recipients)
    run.had_it += sum(each.became == Became.HAD_IT for each in recipients)
    run.gone += sum(each.became == Became.GONE for each in recipients)


def _has_left(person: Person) -> bool:
    return person.employment_status == EmploymentStatus.TERMINATED


def _fail(run: AssignmentRun, detail: str) -> None:
    AssignmentRun.objects.filter(pk=run.pk, state__in=AssignmentRun.UNFINISHED).update(
        state=State.FAILED, detail=detail, finished_at=timezone.now()
    )


def _locked(run: AssignmentRun) -> AssignmentRun:
    locked = AssignmentRun.objects.select_for_update(of=("self",))
    return locked.select_related("path__role", "outcome", "sent_by").get(pk=run.pk)


def _queue(run: AssignmentRun) -> None:
    from learning.tasks import give_run

    transaction.on_commit(lambda: give_run.delay(str(run.uid)))
