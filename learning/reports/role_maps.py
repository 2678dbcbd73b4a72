"""A role and its skills: what moves which outcome, which steps raise it, how many can do it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from learning.levels import current_levels
from learning.models import Level, Outcome, Path, Role, RoleHolding, Skill, Step, StepSkill
from learning.reports.small_groups import FEWEST
from tenants.people.models import EmploymentStatus


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill that the role requires.

    `counts` has how many people are at each level, under None those nothing was seen of; it is
    empty where fewer than `FEWEST` people hold the role.
    """

    skill: Skill
    required: Level
    outcome: Outcome | None
    steps: Sequence[tuple[Step, Level]]
    """The steps of its published paths that raise it, each with the level it raises to."""
    counts: Mapping[int | None, int]

    @property
    def is_reached(self) -> bool:
        """Whether some step leads as far as the role requires."""
        return not self.required or any(level >= self.required for _, level in self.steps)

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    @property
    def short(self) -> int:
        """Who was seen below what the role requires."""
        return sum(
            number
            for level, number in self.counts.items()
            if level is not None and level < self.required
        )

    @property
    def unseen(self) -> int:
        return self.counts.get(None, 0)


@dataclass(frozen=True, slots=True)
class RoleMap:
    role: Role
    holders: int
    lines: Sequence[SkillLine]
    unmoved: Sequence[Outcome]
    """Outcomes that no skill of the role moves."""

    @property
    def is_small(self) -> bool:
        """Whether figures would be about fewer people than may be counted."""
        return self.holders < FEWEST


def role_map(role: Role, *, today: date) -> RoleMap:
    """Five queries, however many people and skills."""
    required = role.role_skills.select_related("skill", "outcome")
    needs = list(required.order_by("-required_level", "pk"))
    skills = [need.skill_id for need in needs]
    holders = sorted(
        RoleHolding.objects.current(today)
        .filter(role=role)
        .exclude(person__employment_status=EmploymentStatus.TERMINATED)
        .values_list("person_id", flat=True)
    )
    steps: dict[int, list[tuple[Step, Level]]] = defaultdict(list)
    for each in (
        StepSkill.objects.filter(skill__in=skills, step__version=None, step__path__role=role)
        .exclude(step__path__status=Path.Status.ARCHIVED)
        .select_related("step__path")
        .order_by("step__path", "step__position")
    ):
        steps[each.skill_id].append((each.step, Level(each.raises_to)))
    counts = _counts(holders, skills) if len(holders) >= FEWEST else {}
    moved = {need.outcome_id for need in needs}
    return RoleMap(
        role=role,
        holders=len(holders),
        lines=[
            SkillLine(
                need.skill,
                Level(need.required_level),
                need.outcome,
                steps[need.skill_id],
                counts.get(need.skill_id, {}),
            )
            for need in needs
        ],
        unmoved=[outcome for outcome in role.outcomes.all() if outcome.pk not in moved],
    )


def _counts(holders: Sequence[int], skills: Sequence[int]) -> dict[int, Counter[int | None]]:
    """Skill id → how many of the holders are at each level."""
    seen = current_levels(holders, skills)
    return {
        skill: Counter(
            sighting.level if (sighting := seen.get((person, skill))) else None
            for person in holders
        )
        for skill in skills
    }
