"""Giving a path to many people: at once where they are few, by a worker where they are many."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.actions.assignments import assign_path, check_giving, start_day
from learning.actions.drafts import discard_draft
from learning.framing import Framing
from learning.giving.standing import on_path
from learning.models import AssignmentDraft, AssignmentRun, Recipient
from tenants.people.models import EmploymentStatus, Person

Became, State = Recipient.Became, AssignmentRun.State
AT_ONCE: Final = 200
"""People who are given a path while one waits; more than that, and a worker does it."""

A_STRIDE: Final = 200
"""People per transaction: progress moves by so many, and others wait no longer than that."""

PATIENCE: Final = timedelta(minutes=1)
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
        queue(run)
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
    """Have a worker go on with a run that came no further, whichever way it was going."""
    failed = AssignmentRun.objects.filter(pk=run.pk, state=State.FAILED)
    stopped = AssignmentRun.objects.filter(pk=run.pk, state__in=AssignmentRun.TURNING)
    if failed.update(state=State.QUEUED, detail="", finished_at=None) or (
        stopped.exclude(detail="").update(detail="")
    ):
        queue(run)


def take_up_runs(*, now: datetime | None = None) -> int:
    """Queue again what is not finished: its message, or its worker, may be lost."""
    waited = (now or timezone.now()) - PATIENCE
    left = AssignmentRun.objects.filter(state__in=AssignmentRun.GOING_ON, sent_at__lt=waited)
    for run in (runs := list(left)):
        queue(run)
    return len(runs)


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
    here = [person.pk for person in chosen if not has_left(person)]
    if len(on_path(draft.path, here)) == len(here):
        raise ValidationError({"people": "Nobody is left to be given it: choose somebody."})


def _give_some(run: AssignmentRun, now: datetime, *, at_most: int) -> bool:
    """Give it to the next who wait; whether there are more. One transaction."""
    with transaction.atomic():
        run = locked_run(run)
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
        people=[each.person for each in recipients if not has_left(each.person)],
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
            each.became = Became.GONE if has_left(each.person) else Became.HAD_IT
    Recipient.objects.bulk_update(recipients, ["became", "assignment"])
    run.given += sum(each.became == Became.GIVEN for each in recipients)
    run.had_it += sum(each.became == Became.HAD_IT for each in recipients)
    run.gone += sum(each.became == Became.GONE for each in recipients)


def has_left(person: Person) -> bool:
    return person.employment_status == EmploymentStatus.TERMINATED


def _fail(run: AssignmentRun, detail: str) -> None:
    AssignmentRun.objects.filter(pk=run.pk, state__in=AssignmentRun.UNFINISHED).update(
        state=State.FAILED, detail=detail, finished_at=timezone.now()
    )


def locked_run(run: AssignmentRun) -> AssignmentRun:
    locked = AssignmentRun.objects.select_for_update(of=("self",))
    return locked.select_related("path__role", "outcome", "sent_by").get(pk=run.pk)


def queue(run: AssignmentRun) -> None:
    """Have a worker go on with it, once this transaction is over."""
    from learning.tasks import give_run, undo_run

    task = undo_run if run.state in AssignmentRun.TURNING else give_run
    transaction.on_commit(lambda: task.delay(str(run.uid)))
