"""What happened on somebody's way, as far as learning knows: one list, the latest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from learning.models import Assignment, Level, Observation, PlanStep
from tenants.people.models import Person

State, Source = PlanStep.State, Observation.Source


class Kind(StrEnum):
    """What an event is; reinforcement adds kinds of its own."""

    GIVEN = "given"
    DONE = "done"
    FIRST_WIN = "first_win"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    SEEN = "seen"
    SAID = "said"


MOVES = frozenset({Kind.GIVEN, Kind.DONE, Kind.FIRST_WIN, Kind.COMPLETED, Kind.SEEN})
"""What moved somebody forward."""


@dataclass(frozen=True)
class Event:
    """Something of a day: what it was about, who did it, and what there is to add."""

    kind: str
    on: date
    at: datetime
    """For the order within a day."""
    what: str
    by: Person | None = None
    level: Level | None = None
    words: str = ""
    """Their own words: what they will try, or where it was seen."""
    note: str = ""
    """A private note; only ever one of whoever reads."""
    observation: int | None = None
    """Key of the observation it is, if it is one."""

    @property
    def moves(self) -> bool:
        return self.kind in MOVES and self.level != Level.NOT_SEEN


def history_of(person: Person, *, since: date, zone: ZoneInfo) -> list[Event]:
    """Paths given, completed and taken back, steps done, levels seen, since a day in `zone`.

    The latest first. Three queries, however much happened.
    """
    events = [*_paths(person, zone), *_steps(person, since, zone), *_levels(person, since)]
    return in_order(event for event in events if event.on >= since)


def in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda event: (event.on, event.at), reverse=True)


def _paths(person: Person, zone: ZoneInfo) -> Iterator[Event]:
    for each in Assignment.objects.filter(person=person).select_related("path", "assigned_by"):
        moments = [
            (Kind.GIVEN, each.assigned_at),
            (Kind.FIRST_WIN, each.first_win_at),
            (Kind.COMPLETED, each.completed_at),
            (Kind.WITHDRAWN, each.withdrawn_at),
        ]
        for kind, at in moments:
            if at:
                by = each.assigned_by if kind == Kind.GIVEN else None
                yield Event(kind, at.astimezone(zone).date(), at, each.path.name, by)


def _steps(person: Person, since: date, zone: ZoneInfo) -> Iterator[Event]:
    for each in PlanStep.objects.filter(
        assignment__person=person,
        state=State.DONE,
        done_at__gte=datetime.combine(since, time.min, zone),
    ).select_related("step"):
        if each.done_at:
            on = each.done_at.astimezone(zone).date()
            yield Event(Kind.DONE, on, each.done_at, each.step.title, words=each.intention)


def _levels(person: Person, since: date) -> Iterator[Event]:
    for each in Observation.objects.filter(
        person=person, withdrawn_at=None, observed_on__gte=since
    ).select_related("skill", "observer"):
        own = each.source == Source.SELF
        yield Event(
            kind=Kind.SAID if own else Kind.SEEN,
            on=each.observed_on,
            at=each.created_at,
            what=each.skill.name,
            by=None if own else each.observer,
            level=Level(each.level),
            words=each.context if each.source == Source.MANAGER else "",
            observation=each.pk,
        )
