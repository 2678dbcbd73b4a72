"""What planning rests on, read for one person or five thousand in the same few queries."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from learning import plans
from learning.levels import Sighting, current_levels
from learning.models import Path, RoleSkill, Step, StepSkill
from learning.plans import StepFacts, Verdict

Levels = Mapping[int, Sighting]
NONE_SEEN: Levels = {}


def plans_for(path: Path, people: Iterable[int]) -> dict[int, list[Verdict]]:
    """Person id → the plan they would get on this path as it is now.

    Five queries, however many people.
    """
    people = list(people)
    steps = step_facts(Step.objects.filter(path=path))
    required = required_levels([path.role_id])[path.role_id]
    levels = levels_by_person(people, skills_of(steps))
    return {
        person: plans.build(steps, required, levels.get(person, NONE_SEEN)) for person in people
    }


def step_facts(steps: "QuerySet[Step]") -> list[StepFacts]:
    """Facts of the steps of a queryset. Three queries."""
    rows = list(steps.order_by("position", "pk").values_list("pk", "position", "keep", "quick_win"))
    ids = [row[0] for row in rows]
    raises: dict[int, dict[int, int]] = {pk: {} for pk in ids}
    for step, skill, level in StepSkill.objects.filter(step__in=ids).values_list(
        "step_id", "skill_id", "raises_to"
    ):
        raises[step][skill] = level
    needs: dict[int, set[int]] = {pk: set() for pk in ids}
    links: Any = Step.prerequisites.through
    for step, needed in links.objects.filter(from_step__in=ids).values_list(
        "from_step_id", "to_step_id"
    ):
        needs[step].add(needed)
    return [
        StepFacts(pk, place, keep == Step.Keep.ALWAYS, win, raises[pk], frozenset(needs[pk]))
        for pk, place, keep, win in rows
    ]


def required_levels(roles: Iterable[int]) -> dict[int, dict[int, int]]:
    """Role id → skill id → the level the role requires. One query."""
    required: dict[int, dict[int, int]] = {role: {} for role in roles}
    for role, skill, level in RoleSkill.objects.filter(role__in=required).values_list(
        "role_id", "skill_id", "required_level"
    ):
        required[role][skill] = level
    return required


def levels_by_person(
    people: Iterable[int], skills: Iterable[int]
) -> dict[int, dict[int, Sighting]]:
    """Person id → skill id → what was seen. One query."""
    levels: dict[int, dict[int, Sighting]] = {}
    for (person, skill), seen in current_levels(people, skills).items():
        levels.setdefault(person, {})[skill] = seen
    return levels


def skills_of(steps: Iterable[StepFacts]) -> set[int]:
    return {skill for step in steps for skill in step.raises}
