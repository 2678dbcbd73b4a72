from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.actions.completion import complete_finished
from learning.actions.plans import write_plans
from learning.framing import Framing, check_framing
from learning.models import Assignment, LearningRecord, Outcome, Path, PlanStep
from learning.records import record
from tenants.companies.context import current_company
from tenants.people.models import EmploymentStatus, Person

FIRST_WIN = timedelta(days=14)


@dataclass(frozen=True)
class Assigned:
    """What `assign_path` did: the new assignments, and who had the path open already."""

    assignments: list[Assignment]
    had_it: list[Person]


@transaction.atomic
def assign_path(
    *,
    path: Path,
    people: Sequence[Person],
    outcome: Outcome,
    framing: Framing,
    actor: Person | None,
    source: Assignment.Source = Assignment.Source.HAND,
    starts_on: date | None = None,
    now: datetime | None = None,
) -> Assigned:
    """Give people a path, each with a plan cut to their own gaps.

    A constant number of queries for one person or five thousand. Two calls for one path run one
    after the other, and who is named twice gets it once. It starts today, by the company's own
    clock, unless `starts_on` says otherwise. Raises `ValidationError` where the
    framing says nothing, the outcome is another role's, the path is not published, or somebody
    has left.
    """
    check_framing(framing)
    _check(path, outcome, people)
    people = list(dict.fromkeys(people))
    now = now or timezone.now()
    starts_on = starts_on or current_company().day_of(now)
    Path.objects.select_for_update(no_key=True).get(pk=path.pk)
    open_already = set(
        Assignment.objects.filter(
            path=path, person__in=people, status__in=Assignment.OPEN
        ).values_list("person_id", flat=True)
    )
    assignments = Assignment.objects.bulk_create(
        Assignment(
            person=person,
            path=path,
            outcome=outcome,
            claim=framing.claim,
            because=framing.because,
            sign=framing.sign,
            source=source,
            assigned_by=actor,
            assigned_at=now,
            starts_on=starts_on,
            first_win_due_on=_clock_starts(person, starts_on) + FIRST_WIN,
            moved_at=now,
            status=_first_status(person),
        )
        for person in people
        if person.pk not in open_already
    )
    write_plans(assignments)
    record(LearningRecord.Kind.ASSIGNMENT_CREATED, assignments, now=now)
    return Assigned(assignments, [person for person in people if person.pk in open_already])


def _check(path: Path, outcome: Outcome, people: Sequence[Person]) -> None:
    if path.status != Path.Status.PUBLISHED:
        raise ValidationError({"path": f"{path} is {path.status}: publish it before assigning it."})
    if outcome.role_id != path.role_id:
        raise ValidationError(
            {"outcome": f"{outcome} is not an outcome of {path.role}: choose one of that role's."}
        )
    gone = [str(p) for p in people if p.employment_status == EmploymentStatus.TERMINATED]
    if gone:
        raise ValidationError({"people": f"No longer with the company: {', '.join(gone)}."})


def _clock_starts(person: Person, starts_on: date) -> date:
    """The two-week clock runs from the hire for a new hire, else from the start of the path."""
    hired = person.rehired_on or person.hired_on
    if hired and hired > starts_on - FIRST_WIN:
        return hired
    return starts_on


def _first_status(person: Person) -> Assignment.Status:
    if person.employment_status == EmploymentStatus.LEAVE:
        return Assignment.Status.PAUSED
    return Assignment.Status.ASSIGNED


@transaction.atomic
def pause(*, people: Iterable[int], now: datetime) -> None:
    """Pause every running assignment of these people (ids), as when they go on leave."""
    running = _locked(people, Assignment.RUNNING)
    Assignment.objects.filter(pk__in=[a.pk for a in running]).update(
        status=Assignment.Status.PAUSED
    )
    record(LearningRecord.Kind.ASSIGNMENT_PAUSED, running, now=now)


@transaction.atomic
def resume(*, people: Iterable[int], now: datetime) -> None:
    """Resume the paused assignments of these people (ids); each goes on where it stood.

    Whoever was hired anew since has two weeks for a first win again.
    """
    paused = _locked(people, [Assignment.Status.PAUSED])
    started = set(
        PlanStep.objects.filter(assignment__in=paused)
        .exclude(started_at=None)
        .values_list("assignment_id", flat=True)
    )
    waiting = Assignment.objects.filter(pk__in=[a.pk for a in paused])
    waiting.filter(pk__in=started).update(status=Assignment.Status.IN_PROGRESS, moved_at=now)
    waiting.exclude(pk__in=started).update(status=Assignment.Status.ASSIGNED, moved_at=now)
    _restart_clocks(paused)
    record(LearningRecord.Kind.ASSIGNMENT_RESUMED, paused, now=now)
    complete_finished(paused, now=now)


def _restart_clocks(assignments: Iterable[Assignment]) -> None:
    rehired = []
    for assignment in assignments:
        hired = assignment.person.rehired_on
        if hired and hired > assignment.starts_on and assignment.first_win_at is None:
            assignment.first_win_due_on = hired + FIRST_WIN
            rehired.append(assignment)
    Assignment.objects.bulk_update(rehired, ["first_win_due_on"])


def _locked(people: Iterable[int], statuses: Sequence[str]) -> list[Assignment]:
    return list(
        Assignment.objects.filter(person__in=list(people), status__in=statuses)
        .select_related("person", "path", "outcome")
        .select_for_update(of=("self",))
    )
