"""Whom a calibration is about: people who hold its role and report to a manager who takes part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from learning.models import Calibration, CalibrationManager, Observation, Role, RoleHolding
from tenants.people.models import Person

Levels = dict[tuple[int, int], Observation]


@dataclass(frozen=True)
class Team:
    """A manager who takes part, and their people in the role, in the order of their names."""

    participant: CalibrationManager
    people: tuple[Person, ...]

    @property
    def counts(self) -> bool:
        """Whether what this manager sees is calibrated: they are done, and lead somebody still."""
        return bool(self.participant.done_at and self.people)


def people_in(role: Role, managers: Iterable[int], *, today: date) -> dict[int, list[Person]]:
    """Manager (id) → who reports to them and holds the role on that day; absent where nobody does.

    A manager who has left leads nobody. One query.
    """
    held = RoleHolding.objects.current(today).filter(role=role, person=OuterRef("pk"))
    people = (
        Person.objects.filter(
            Exists(held),
            manager__in=list(managers),
            manager__employment_status__in=("active", "leave"),
        )
        .exclude(employment_status="terminated")
        .defer("password")
    )
    found: dict[int, list[Person]] = {}
    for person in people:
        found.setdefault(person.manager_id or 0, []).append(person)
    return found


def teams_of(calibration: Calibration, *, today: date) -> list[Team]:
    """As they are now: whoever has left, moved or lost the role is not in it. Two queries."""
    participants = list(
        CalibrationManager.objects.filter(calibration=calibration).select_related("manager")
    )
    managers = [each.manager_id for each in participants]
    found = people_in(calibration.role, managers, today=today)
    return [Team(each, tuple(found.get(each.manager_id, ()))) for each in participants]


def seen_by_managers(people: Iterable[int], skills: Iterable[int]) -> Levels:
    """(person id, skill id) → what a manager saw last; what people say of themselves is left out.

    One query.
    """
    seen = (
        Observation.objects.filter(person__in=list(people), skill__in=list(skills))
        .exclude(source=Observation.Source.SELF)
        .current()
    )
    return {(each.person_id, each.skill_id): each for each in seen}
