"""People and skills: what was seen of each person, against what their role requires."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from learning.gaps import Gap, gaps_of
from learning.models import Level, Role, RoleSkill, Skill
from tenants.people.models import Person

MOST_TO_NAME: Final = 3


@dataclass(frozen=True)
class SkillColumn:
    """A skill that the role needs, how many are short of it, and of how many nothing is known."""

    skill: Skill
    required: Level
    short: int
    unseen: int


@dataclass(frozen=True)
class SkillRow:
    """A person with the role; their `gaps` are in the order of the columns."""

    person: Person
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class SkillMap:
    """One role: the skills most are short of come first, people stay in the order given.

    People are not put in an order of what they lack: nobody's name moves for a level.
    """

    role: Role
    columns: tuple[SkillColumn, ...]
    rows: tuple[SkillRow, ...]

    @property
    def standing_out(self) -> list[SkillColumn]:
        """At most three skills: the one most are short of, and those half as many are short of."""
        most = max((column.short for column in self.columns), default=0)
        return [each for each in self.columns if each.short and 2 * each.short >= most][
            :MOST_TO_NAME
        ]

    @property
    def unseen(self) -> int:
        """Pairs of a person and a skill of which nothing is known."""
        return sum(column.unseen for column in self.columns)

    @property
    def is_unseen(self) -> bool:
        """Whether nothing is known of anybody."""
        return self.unseen == len(self.columns) * len(self.rows)


def skill_maps(people: Sequence[Person], *, today: date) -> list[SkillMap]:
    """A map for each role that any of these people hold or are on a path of, the largest first.

    Skills that a role needs at level 0 are left out, and roles of which no skill is left. Five
    queries, however many people, roles and skills.
    """
    gaps = [gap for gap in gaps_of([each.pk for each in people], today=today) if gap.required]
    found: dict[int, dict[int, dict[int, Gap]]] = defaultdict(lambda: defaultdict(dict))
    for gap in gaps:
        found[gap.role_id][gap.person_id][gap.skill_id] = gap
    needs: dict[int, list[RoleSkill]] = defaultdict(list)
    for need in (
        RoleSkill.objects.filter(role__in=found, required_level__gt=0)
        .select_related("role", "skill")
        .only("required_level", "role__name", "skill__name")
        .order_by("role__name", "pk")
    ):
        needs[need.role_id].append(need)
    maps = [_map(skills, found[role], people) for role, skills in needs.items()]
    return sorted(maps, key=lambda drawn: -len(drawn.rows))


def _map(
    needs: list[RoleSkill], gaps: dict[int, dict[int, Gap]], people: Sequence[Person]
) -> SkillMap:
    columns = sorted(
        (_column(need, [skills[need.skill_id] for skills in gaps.values()]) for need in needs),
        key=lambda column: (-column.short, -column.unseen),
    )
    order = [column.skill.pk for column in columns]
    rows = (
        SkillRow(each, tuple(gaps[each.pk][skill] for skill in order))
        for each in people
        if each.pk in gaps
    )
    return SkillMap(needs[0].role, tuple(columns), tuple(rows))


def _column(need: RoleSkill, gaps: list[Gap]) -> SkillColumn:
    return SkillColumn(
        skill=need.skill,
        required=Level(need.required_level),
        short=sum(bool(gap.size) for gap in gaps),
        unseen=sum(gap.seen is None for gap in gaps),
    )
