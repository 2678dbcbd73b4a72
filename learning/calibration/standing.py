"""What would become available if a calibration closed now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from learning.calibration.teams import Team, seen_by_managers, teams_of
from learning.models import CalibratedLevel, Calibration, CalibrationSkill, Observation
from tenants.people.models import Person


@dataclass(frozen=True)
class Standing:
    """The levels of whoever reports to a manager who is done; not stored yet.

    The others are not calibrated: their manager has not said that what they see is what it means.
    """

    teams: list[Team]
    levels: list[CalibratedLevel]

    @property
    def calibrated(self) -> list[Team]:
        return [team for team in self.teams if team.counts]

    @property
    def left_out(self) -> list[Team]:
        """Teams of managers who are not done."""
        return [team for team in self.teams if team.people and not team.counts]

    @property
    def people(self) -> int:
        """Of how many people a level becomes available."""
        return len({level.person_id for level in self.levels})

    @property
    def adjusted(self) -> int:
        return sum(level.is_adjusted for level in self.levels)


def standing_of(calibration: Calibration, *, today: date) -> Standing:
    """Five queries, however many people and skills."""
    teams = teams_of(calibration, today=today)
    skills = list(CalibrationSkill.objects.filter(calibration=calibration))
    people = [person for team in teams if team.counts for person in team.people]
    now = seen_by_managers((person.pk for person in people), (each.skill_id for each in skills))
    before = _when_it_opened(calibration, people, skills)
    levels = [
        _level(held_as, person, seen, before.get((person.pk, held_as.skill_id)))
        for person in people
        for held_as in skills
        if (seen := now.get((person.pk, held_as.skill_id)))
    ]
    return Standing(teams, levels)


def _level(
    held_as: CalibrationSkill, person: Person, seen: Observation, before: int | None
) -> CalibratedLevel:
    adjusted = before != seen.level
    return CalibratedLevel(
        calibration_id=held_as.calibration_id,
        person=person,
        skill_id=held_as.skill_id,
        held_as=held_as,
        level=seen.level,
        seen_on=seen.observed_on,
        is_adjusted=adjusted,
        adjusted_from=before if adjusted else None,
        adjusted_by_id=seen.observer_id if adjusted else None,
    )


def _when_it_opened(
    calibration: Calibration, people: Iterable[Person], skills: Iterable[CalibrationSkill]
) -> dict[tuple[int, int], int]:
    """(person id, skill id) → the level that a manager had seen by then. One query."""
    opened = calibration.opened_at
    rows = (
        Observation.objects.filter(
            Q(withdrawn_at=None) | Q(withdrawn_at__gt=opened),
            person__in=[person.pk for person in people],
            skill__in=[each.skill_id for each in skills],
            created_at__lte=opened,
        )
        .exclude(source=Observation.Source.SELF)
        .order_by("person_id", "skill_id", "-observed_on", "-id")
        .distinct("person_id", "skill_id")
    )
    return {
        (person, skill): level
        for person, skill, level in rows.values_list("person_id", "skill_id", "level")
    }
