from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.actions.plans import write_plans
from learning.actions.suggestions import take_suggestions
from learning.facts import plans_for
from learning.framing import Framing, check_framing
from learning.models import Assignment, AssignmentRule, LearningRecord, Outcome, Path
from learning.records import record
from learning.wins import first_win_due
from tenants.companies.context import current_company
from tenants.people.auditing import named, record_event
from tenants.people.models import EmploymentStatus, Person

FARTHEST: Final = timedelta(days=366)
"""How far from today a path may start: beyond that it is a slip of the pen."""


@dataclass(frozen=True)
class Assigned:
    """What was done: the new assignments, and who had the path open already."""

    assignments: list[Assignment]
    had_it: list[Person]


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
    """Give people a path with one framing for all; see `give_path`."""
    return give_path(
        path=path,
        framings=dict.fromkeys(people, framing),
        outcome=outcome,
        actor=actor,
        source=source,
        starts_on=starts_on,
        now=now,
    )


@transaction.atomic
def give_path(
    *,
    path: Path,
    framings: Mapping[Person, Framing],
    outcome: Outcome,
    actor: Person | None,
    source: Assignment.Source,
    rule: AssignmentRule | None = None,
    starts_on: date | None = None,
    now: datetime | None = None,
) -> Assigned:
    """Give people a path, each with their framing and a plan cut to their own gaps.

    A constant number of queries for one person or five thousand. Two calls for one path run one
    after the other. It starts today, by the company's own clock, unless `starts_on` says
    otherwise; for somebody who is yet to come, on their first day. Raises `ValidationError` where
    a framing says nothing, the outcome is another role's, the path is not published or has no
    steps, somebody has left, or the start is more than a year from today.
    """
    people = list(framings)
    check_giving(path, outcome, set(framings.values()))
    _refuse_who_left(people)
    now = now or timezone.now()
    starts_on = start_day(starts_on, now=now)
    Path.objects.select_for_update(no_key=True).get(pk=path.pk)
    had_it = set(
        Assignment.objects.filter(
            path=path, person__in=people, status__in=Assignment.OPEN
        ).values_list("person_id", flat=True)
    )
    given = [person for person in people if person.pk not in had_it]
    built = plans_for(path, [person.pk for person in given])
    if given and not built[given[0].pk]:
        raise ValidationError({"path": f"{path} has no steps: add some before assigning it."})
    assignments = Assignment.objects.bulk_create(
        Assignment(
            person=person,
            path=path,
            outcome=outcome,
            claim=framings[person].claim,
            because=framings[person].because,
            sign=framings[person].sign,
            source=source,
            rule=rule,
            assigned_by=actor,
            assigned_at=now,
            starts_on=(begins := _first_day(person, starts_on)),
            first_win_due_on=first_win_due(person, begins),
            moved_at=now,
            **_first_status(person, starts_on),
        )
        for person in given
    )
    write_plans(assignments, built)
    record(LearningRecord.Kind.ASSIGNMENT_CREATED, assignments, now=now)
    take_suggestions(path=path, people=given, actor=actor, now=now)
    if given:
        done = f"The rule “{rule}” assigned" if rule else "Assigned"
        told = f"{done} “{path}” to {named(given)}"
        record_event(action="assignment", about=path, words=told, actor=None if rule else actor)
    return Assigned(assignments, [person for person in people if person.pk in had_it])


def start_day(starts_on: date | None, *, now: datetime) -> date:
    """Today by the company's own clock where nothing is said. Raises `ValidationError` where it is
    more than a year from that."""
    today = current_company().day_of(now)
    starts_on = starts_on or today
    if abs(starts_on - today) > FARTHEST:
        raise ValidationError({"starts_on": f"{starts_on} is more than a year from today."})
    return starts_on


def check_giving(path: Path, outcome: Outcome, framings: Iterable[Framing]) -> None:
    """Raises `ValidationError` where a framing says nothing, the path is not published or the
    outcome is another role's. No query where the path is loaded with its role."""
    for framing in framings:
        check_framing(framing)
    refuse_unpublished(path)
    if outcome.role_id != path.role_id:
        raise ValidationError(
            {"outcome": f"{outcome} is not an outcome of {path.role}: choose one of that role's."}
        )


def refuse_unpublished(path: Path) -> None:
    """Raises `ValidationError` where it cannot be given."""
    if path.status != Path.Status.PUBLISHED:
        raise ValidationError({"path": f"{path} is {path.status}: publish it before assigning it."})


def _refuse_who_left(people: Iterable[Person]) -> None:
    gone = [str(p) for p in people if p.employment_status == EmploymentStatus.TERMINATED]
    if gone:
        raise ValidationError({"people": f"No longer with the company: {', '.join(gone)}."})


def _first_day(person: Person, starts_on: date) -> date:
    comes = person.rehired_on or person.hired_on
    if person.employment_status == EmploymentStatus.PREHIRE and comes:
        return max(comes, starts_on)
    return starts_on


def _first_status(person: Person, today: date) -> dict[str, Any]:
    if person.employment_status == EmploymentStatus.LEAVE:
        leave = Assignment.Pause.LEAVE
        return {"status": Assignment.Status.PAUSED, "pause": leave, "paused_on": today}
    return {"status": Assignment.Status.ASSIGNED}
