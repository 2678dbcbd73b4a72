"""Paths that rest for a while: during leave by themselves, otherwise by hand."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.actions.completion import complete_finished
from learning.models import Assignment, LearningRecord, PlanStep
from learning.records import record
from learning.wins import FIRST_WIN
from tenants.companies.context import current_company
from tenants.people.auditing import named, record_event
from tenants.people.models import EmploymentStatus

Kind, Pause, Status = LearningRecord.Kind, Assignment.Pause, Assignment.Status
AWAY = (EmploymentStatus.LEAVE, EmploymentStatus.TERMINATED)


@transaction.atomic
def pause(*, people: Iterable[int], now: datetime) -> None:
    """Pause every running assignment of these people (ids), as when they go on leave."""
    _pause(locked(Assignment.RUNNING, person__in=list(people)), Pause.LEAVE, now)


@transaction.atomic
def resume(*, people: Iterable[int], now: datetime) -> None:
    """Resume what leave has paused for these people (ids); each path goes on where it stood.

    What somebody paused by hand stays paused.
    """
    _resume(locked([Status.PAUSED], person__in=list(people), pause=Pause.LEAVE), now)


@transaction.atomic
def pause_assignments(
    *, assignments: Iterable[Assignment], now: datetime | None = None
) -> list[Assignment]:
    """Pause paths by hand, until somebody resumes them; returns those that were running."""
    running = locked(Assignment.RUNNING, pk__in=[a.pk for a in assignments])
    _pause(running, Pause.HAND, now or timezone.now())
    tell_of(running, "Paused %s of %s")
    return running


@transaction.atomic
def resume_assignments(
    *, assignments: Iterable[Assignment], now: datetime | None = None
) -> list[Assignment]:
    """Let paused paths go on where they stood; returns those that were paused.

    The path of somebody who is away waits for them.
    """
    paused = locked([Status.PAUSED], pk__in=[a.pk for a in assignments])
    waiting = [a for a in paused if a.person.employment_status in AWAY]
    Assignment.objects.filter(pk__in=[a.pk for a in waiting]).update(pause=Pause.LEAVE)
    _resume([a for a in paused if a not in waiting], now or timezone.now())
    tell_of(paused, "Resumed %s of %s")
    return paused


def pause_assignment(*, assignment: Assignment, now: datetime | None = None) -> None:
    """Pause one path by hand. Paused already, it stays as it is.

    Raises `ValidationError` where it is over.
    """
    if not pause_assignments(assignments=[assignment], now=now):
        _refuse_if_over(assignment, _("It is %(status)s and cannot be paused."))


def resume_assignment(*, assignment: Assignment, now: datetime | None = None) -> None:
    """Let one path go on. Running already, it stays as it is.

    Raises `ValidationError` where it is over.
    """
    if not resume_assignments(assignments=[assignment], now=now):
        _refuse_if_over(assignment, _("It is %(status)s and cannot be resumed."))


def tell_of(assignments: Sequence[Assignment], words: str) -> None:
    """One row of the audit log for all of them: which path, of whom."""
    if not assignments:
        return
    paths = {assignment.path for assignment in assignments}
    about = paths.pop() if len(paths) == 1 else None
    which = f"“{about}”" if about else f"{len(paths)} paths"
    people = list(dict.fromkeys(assignment.person for assignment in assignments))
    record_event(action="assignment", about=about, words=words % (which, named(people)))


def _refuse_if_over(assignment: Assignment, told: str) -> None:
    assignment.refresh_from_db(fields=["status"])
    if assignment.status not in Assignment.OPEN:
        raise ValidationError(told % {"status": assignment.get_status_display()})


def _pause(running: Sequence[Assignment], why: Assignment.Pause, now: datetime) -> None:
    Assignment.objects.filter(pk__in=[a.pk for a in running]).update(
        status=Status.PAUSED, pause=why, paused_on=current_company().day_of(now)
    )
    record(Kind.ASSIGNMENT_PAUSED, running, now=now)


def _resume(paused: Sequence[Assignment], now: datetime) -> None:
    go_on(paused, now=now)
    record(Kind.ASSIGNMENT_RESUMED, paused, now=now)
    complete_finished(paused, now=now)


def go_on(assignments: Iterable[Assignment], *, now: datetime) -> None:
    """Let them run again where they stood, with the days for a first win they still had."""
    assignments = list(assignments)
    started = set(
        PlanStep.objects.filter(assignment__in=assignments)
        .exclude(started_at=None)
        .values_list("assignment_id", flat=True)
    )
    today = current_company().day_of(now)
    for assignment in assignments:
        assignment.first_win_due_on = _due(assignment, today)
        assignment.status = Status.IN_PROGRESS if assignment.pk in started else Status.ASSIGNED
        assignment.pause, assignment.paused_on, assignment.moved_at = "", None, now
    Assignment.objects.bulk_update(
        assignments, ["status", "pause", "paused_on", "moved_at", "first_win_due_on"]
    )


def _due(assignment: Assignment, today: date) -> date:
    """The clock stands still while a path is paused; who was hired anew since has it whole."""
    hired, due = assignment.person.rehired_on, assignment.first_win_due_on
    if assignment.first_win_at is not None:
        return due
    if hired and hired > assignment.starts_on:
        return max(due, hired + FIRST_WIN)
    if assignment.paused_on and assignment.paused_on <= due:
        return due + (today - max(assignment.paused_on, assignment.starts_on))
    return due


def locked(statuses: Sequence[str], **which: object) -> list[Assignment]:
    """The assignments in these states, held until the transaction ends, ready to be recorded."""
    return list(
        Assignment.objects.filter(status__in=statuses, **which)
        .select_related("person", "path", "outcome")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
