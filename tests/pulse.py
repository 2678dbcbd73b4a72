"""What the tests of the pulse share: people in numbers, small paths, and a look past what hides."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from learning.actions import assign_path
from learning.framing import Framing
from learning.models import Assignment, Outcome, Path, PlanStep, Role, Step
from learning.reports import small_groups
from learning.reports.small_groups import Share, Split
from tenants.people.models import Person
from tests.conftest import NOW

BERLIN = ZoneInfo("Europe/Berlin")
HIDDEN = Share()
FRAMING = Framing(
    claim="close deals faster",
    because="two of your demos ended without a next meeting",
    sign="every demo ends with a date in both calendars",
)


@contextmanager
def nothing_hidden() -> Iterator[None]:
    """As if a figure about one person could be shown: so that small worlds can be counted."""
    with patch.object(small_groups, "FEWEST", 1):
        yield


def crowd(number: int, **given: Any) -> list[Person]:
    """So many people; those without a day of hire were always there."""
    return [Person.objects.create(given_name=f"P{each}", **given) for each in range(number)]


def berlin(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """A moment on the clock of Acme."""
    return datetime.combine(day, time(hour, minute), BERLIN).astimezone(UTC)


def give(path: Path, people: Sequence[Person], *, at: datetime = NOW) -> list[Assignment]:
    """The path to all of them, through the front door."""
    return assign_path(
        path=path,
        people=people,
        outcome=path.role.outcomes.all()[0],
        framing=FRAMING,
        actor=None,
        now=at,
    ).assignments


def small_path(name: str = "Small", *kinds: str) -> Path:
    """A published path of a role of its own, a step of each kind, raising nothing."""
    role = Role.objects.create(slug=name.lower(), name=f"{name} role")
    Outcome.objects.create(role=role, slug="any", name="Any", measure="any", direction="higher")
    path = Path.objects.create(role=role, slug=name.lower(), name=name, status="published")
    for place, kind in enumerate(kinds):
        Step.objects.create(path=path, slug=f"s{place}", position=place, title=kind, kind=kind)
    return path


def row_of(person: Person, path: Path, **given: Any) -> Assignment:
    """An assignment as it could stand in the table, without a plan."""
    due = given.get("starts_on", NOW.date()) + timedelta(days=14)
    return Assignment.objects.create(
        **{
            "person": person,
            "path": path,
            "outcome": path.role.outcomes.all()[0],
            "claim": FRAMING.claim,
            "because": FRAMING.because,
            "sign": FRAMING.sign,
            "assigned_at": NOW,
            "starts_on": NOW.date(),
            "first_win_due_on": due,
            "moved_at": NOW,
            **given,
        }
    )


def planned(assignment: Assignment, step: Step, **given: Any) -> PlanStep:
    """A step of a plan as it could stand in the table."""
    return PlanStep.objects.create(
        **{
            "assignment": assignment,
            "step": step,
            "position": step.position,
            "receipt_code": "gap",
            **given,
        }
    )


def figures(thing: object) -> Iterator[Share | Split]:
    """Every figure somewhere in a report."""
    if isinstance(thing, Share | Split):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from figures(getattr(thing, field.name))
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from figures(each)
