"""What is missing between what a role requires and what was seen, for one person or thousands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from learning.levels import Sighting, current_levels
from learning.models import Assignment, RoleHolding, RoleSkill


@dataclass(frozen=True)
class Gap:
    """One skill of a role that somebody has: what is required, what counts as seen."""

    person_id: int
    role_id: int
    skill_id: int
    required: int
    seen: Sighting | None

    @property
    def size(self) -> int | None:
        """Levels missing, never below 0; None where the skill was never seen, a gap of its own."""
        return None if self.seen is None else max(self.required - self.seen.level, 0)

    @property
    def is_closed(self) -> bool:
        return self.required == 0 or self.size == 0


def gaps_of(people: Iterable[int], *, today: date) -> list[Gap]:
    """Every skill of every role that these people (ids) hold today or are on a path of.

    In the order of person, role, and the role's skills. Four queries, however many people.
    """
    people = list(people)
    held = RoleHolding.objects.current(today).filter(person__in=people)
    on_path = Assignment.objects.filter(person__in=people, status__in=Assignment.OPEN)
    roles = sorted(
        {
            *held.order_by().values_list("person_id", "role_id"),
            *on_path.order_by().values_list("person_id", F("path__role_id")),
        }
    )
    needed: dict[int, list[tuple[int, int]]] = {}
    for role, skill, level in (
        RoleSkill.objects.filter(role__in={role for _, role in roles})
        .order_by("role", "pk")
        .values_list("role_id", "skill_id", "required_level")
    ):
        needed.setdefault(role, []).append((skill, level))
    levels = current_levels(people, {skill for skills in needed.values() for skill, _ in skills})
    return [
        Gap(person, role, skill, required, levels.get((person, skill)))
        for person, role in roles
        for skill, required in needed.get(role, [])
    ]
