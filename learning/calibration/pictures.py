"""What is seen side by side in a calibration: levels of teams, and of nobody by name.

A row is about at least five people whom its reader may not see by name anyway; a smaller team is
put together with others. The marks of a row are numbers per level: they have no order of their own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from learning.calibration.teams import Levels, Team, seen_by_managers, teams_of
from learning.models import Calibration, CalibrationManager, CalibrationSkill, Level
from learning.reports.small_groups import FEWEST
from tenants.people.models import Person

APART: Final = 1.0
"""Levels between the means of two rows from which on managers should talk about it."""
COMPARED_FROM: Final = 2  # people of whom something was seen


@dataclass(frozen=True)
class Row:
    """How many people of one or more teams are at each level, in the order of levels."""

    teams: tuple[CalibrationManager, ...]
    people: int
    levels: tuple[int, ...]
    own: bool = False

    @property
    def unseen(self) -> int:
        """Of how many no manager has seen anything."""
        return self.people - sum(self.levels)

    @property
    def mean(self) -> float | None:
        """None where too little was seen to compare."""
        seen = sum(self.levels)
        if seen < COMPARED_FROM:
            return None
        return sum(level * number for level, number in enumerate(self.levels)) / seen


@dataclass(frozen=True)
class SkillPicture:
    """One skill: the reader's own team first, then the others."""

    held_as: CalibrationSkill
    rows: tuple[Row, ...]

    @property
    def apart(self) -> float:
        """Levels between the highest and the lowest mean of its rows; 0 for a single row."""
        means = [mean for row in self.rows if (mean := row.mean) is not None]
        return max(means) - min(means) if means else 0.0

    @property
    def stands_out(self) -> bool:
        return self.apart >= APART


@dataclass(frozen=True)
class Picture:
    """Everything that one reader sees of a calibration; `levels` are those of their own people."""

    calibration: Calibration
    teams: list[Team]
    own: Team | None
    skills: list[SkillPicture]
    hidden: int
    """People of other teams that are too few, even together, to be shown."""
    levels: Levels


def picture_of(calibration: Calibration, *, reader: Person | None, today: date) -> Picture:
    """As a manager who takes part sees it, or, without a `reader`, L&D.

    Four queries, one more for a manager, however many people and skills.
    """
    teams = teams_of(calibration, today=today)
    skills = list(CalibrationSkill.objects.filter(calibration=calibration).select_related("skill"))
    people = [person.pk for team in teams for person in team.people]
    levels = seen_by_managers(people, (each.skill_id for each in skills))
    known = _seen_by_name(reader, people)
    own = next((each for each in teams if reader and each.participant.manager == reader), None)
    others = {each.participant.place: each for each in teams if each.people and each is not own}
    strangers = {
        place: sum(person.pk not in known for person in team.people)
        for place, team in others.items()
    }
    shown, hidden = rows_of(strangers)
    groups = [[others[place] for place in places] for places in shown]
    if own and own.people:
        groups.insert(0, [own])
    return Picture(
        calibration,
        teams,
        own,
        [
            SkillPicture(each, tuple(_row(each, group, levels, own) for group in groups))
            for each in skills
        ],
        sum(strangers[place] for place in hidden),
        {key: seen for key, seen in levels.items() if own and _is_in(own, key[0])},
    )


def rows_of(strangers: Mapping[int, int]) -> tuple[list[tuple[int, ...]], list[int]]:
    """Which teams share a row, and which are hidden.

    `strangers` are, per team, the people in it whom the reader does not see by name. A team of
    which they know everybody, or not five people, has its own row; the smaller ones share one, if
    need be with the smallest of the large ones.
    """
    alone = sorted(place for place, number in strangers.items() if not 0 < number < FEWEST)
    small = sorted(strangers.keys() - alone)
    if small and sum(strangers[place] for place in small) < FEWEST:
        large = [place for place in alone if strangers[place]]
        if not large:
            return [(place,) for place in alone], small
        joined = min(large, key=lambda place: (strangers[place], place))
        alone.remove(joined)
        small = sorted([*small, joined])
    return [*((place,) for place in alone), *([tuple(small)] if small else [])], []


def _seen_by_name(reader: Person | None, people: Sequence[int]) -> set[int]:
    """Of these people (ids), the reader and whoever is below them. One query for a manager."""
    if reader is None:
        return set()
    below = Person.objects.organisation_of(reader).filter(pk__in=people)
    return {reader.pk, *below.values_list("pk", flat=True)}


def _row(held_as: CalibrationSkill, teams: Sequence[Team], levels: Levels, own: Team | None) -> Row:
    people = [person.pk for team in teams for person in team.people]
    seen = Counter(
        levels[person, held_as.skill_id].level
        for person in people
        if (person, held_as.skill_id) in levels
    )
    return Row(
        tuple(team.participant for team in teams),
        len(people),
        tuple(seen[level] for level in Level),
        own=own is not None and teams[0] is own,
    )


def _is_in(team: Team, person: int) -> bool:
    return any(each.pk == person for each in team.people)
