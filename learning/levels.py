"""What level somebody has now, from what was seen of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from learning.models import Observation


@dataclass(frozen=True)
class Sighting:
    """The observation that counts for one person and skill."""

    level: int
    source: str
    observer_id: int | None
    observed_on: date


def current_levels(people: Iterable[int], skills: Iterable[int]) -> dict[tuple[int, int], Sighting]:
    """(person id, skill id) → what counts now. Pairs never observed are absent. One query."""
    rows = (
        Observation.objects.filter(person__in=list(people), skill__in=list(skills))
        .current()
        .values_list("person_id", "skill_id", "level", "source", "observer_id", "observed_on")
    )
    return {
        (person, skill): Sighting(level, source, observer, day)
        for person, skill, level, source, observer, day in rows
    }
