"""One person on one sheet, for the talk that their manager has with them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from learning.models import Assignment, PathSuggestion, Role
from learning.reports import Event, MyPath, Trail, gap_trails, my_paths
from reinforcement.reports.person_histories import Answered, answers_about, history_with
from reinforcement.reports.person_prompts import prompts_about
from tenants.people.models import Person

LATELY: Final = timedelta(weeks=4)
REMEMBERED: Final = timedelta(days=365)
LAST: Final = 4  # answers


@dataclass(frozen=True)
class PersonSheet:
    """What a manager reads about a report; of notes and answers only their own."""

    person: Person
    today: date
    paths: list[MyPath]
    """Running, then paused."""
    roles: list[Role]
    prompts: list[str]
    answers: list[Answered]
    trails: list[Trail]
    history: list[Event]
    suggestions: list[PathSuggestion]

    @property
    def moved(self) -> list[Event]:
        """What moved them forward in the last four weeks, the latest first."""
        since = self.today - LATELY
        return [event for event in self.history if event.moves and event.on > since]

    @property
    def last_answers(self) -> list[Answered]:
        return self.answers[:LAST]

    @property
    def running(self) -> bool:
        return any(path.assignment.status in Assignment.RUNNING for path in self.paths)


def person_sheet(person: Person, *, reader: Person, now: datetime) -> PersonSheet:
    """The sheet about `person` as `reader`, who leads them, may see it.

    `today` is the reader's. 31 queries, however many paths, steps, skills and answers; eight less
    without a manager, six more where L&D offers a change of a path.
    """
    today = timezone.localdate(now, reader.zone)
    since = today - REMEMBERED
    answers = answers_about(person, reader=reader, since=since)
    return PersonSheet(
        person=person,
        today=today,
        paths=[
            path
            for path in my_paths(person, today=timezone.localdate(now, person.zone))
            if path.assignment.status in Assignment.OPEN
        ],
        roles=_roles(person, today),
        prompts=prompts_about(person, now=now),
        answers=answers,
        trails=gap_trails(person, today=today),
        history=history_with(person, reader=reader, answers=answers, since=since),
        suggestions=_suggestions(person, since),
    )


def _roles(person: Person, today: date) -> list[Role]:
    held = person.role_holdings.current(today).select_related("role").order_by("starts_on", "pk")
    return [holding.role for holding in held]


def _suggestions(person: Person, since: date) -> list[PathSuggestion]:
    return list(
        PathSuggestion.objects.filter(person=person, suggested_at__date__gte=since).select_related(
            "path", "suggested_by", "decided_by"
        )
    )
