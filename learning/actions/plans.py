"""Writes plans: loads the facts for any number of people at once, and keeps what was built."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from learning import plans
from learning.levels import Sighting, current_levels
from learning.models import Assignment, LearningRecord, PlanStep, RoleSkill, Step
from learning.plans import StepFacts, Verdict
from learning.records import record

FIXED = (PlanStep.State.DONE, PlanStep.State.DOING)
RECEIPT_FIELDS = ["position", "state", "quick_win", "receipt_code", "receipt"]


def write_plans(assignments: Sequence[Assignment]) -> None:
    """Build and store the plans of new assignments of one path. Five queries, however many."""
    if not assignments:
        return
    path = assignments[0].path
    steps = step_facts(Step.objects.filter(path=path))
    required = required_levels([path.role_id])[path.role_id]
    levels = levels_by_person([a.person_id for a in assignments], _skills(steps))
    PlanStep.objects.bulk_create(
        PlanStep(assignment=assignment, step_id=verdict.step.id, **_kept(verdict, place))
        for assignment in assignments
        for place, verdict in enumerate(
            plans.build(steps, required, levels.get(assignment.person_id, {}))
        )
    )


def replan(assignments: Iterable[Assignment], *, now: datetime) -> list[PlanStep]:
    """Cut plans anew to what is known now; returns the steps that were set aside or came back.

    What is done or being done never moves. A plan follows the steps it was made of, not the path
    as it is today. Six queries, however many plans.
    """
    assignments = list(assignments)
    kept: dict[int, list[PlanStep]] = {assignment.pk: [] for assignment in assignments}
    for plan_step in PlanStep.objects.filter(assignment__in=assignments).select_related(
        "step", "assignment__person", "assignment__path", "assignment__outcome"
    ):
        kept[plan_step.assignment_id].append(plan_step)
    step_ids = {plan_step.step_id for mine in kept.values() for plan_step in mine}
    facts = {fact.id: fact for fact in step_facts(Step.objects.filter(pk__in=step_ids))}
    required = required_levels({assignment.path.role_id for assignment in assignments})
    levels = levels_by_person({a.person_id for a in assignments}, _skills(facts.values()))
    changed = [
        plan_step
        for assignment in assignments
        for plan_step in _moved(
            kept[assignment.pk],
            facts,
            required[assignment.path.role_id],
            levels.get(assignment.person_id, {}),
        )
    ]
    PlanStep.objects.bulk_update([step for step, _ in changed], RECEIPT_FIELDS, batch_size=1000)
    aside = [step for step, before in changed if _went(step, before, PlanStep.State.SET_ASIDE)]
    back = [step for step, before in changed if _went(step, before, PlanStep.State.TO_DO)]
    record(LearningRecord.Kind.STEP_SET_ASIDE, aside, now=now)
    record(LearningRecord.Kind.STEP_RETURNED, back, now=now)
    return [*aside, *back]


def _went(plan_step: PlanStep, before: str, to: PlanStep.State) -> bool:
    return plan_step.state == to != before


def _moved(
    plan: Sequence[PlanStep],
    facts: Mapping[int, StepFacts],
    required: Mapping[int, int],
    levels: Mapping[int, Sighting],
) -> list[tuple[PlanStep, str]]:
    """The steps of a plan that read differently now, changed, each with its state before."""
    by_step = {plan_step.step_id: plan_step for plan_step in plan}
    fixed = {step.step_id: step.position for step in plan if step.state in FIXED}
    moved = []
    for place, verdict in enumerate(
        plans.build([facts[pk] for pk in by_step], required, levels, fixed)
    ):
        plan_step = by_step[verdict.step.id]
        if plan_step.step_id in fixed:
            continue
        before, values = plan_step.state, _kept(verdict, place)
        if any(getattr(plan_step, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(plan_step, name, value)
            moved.append((plan_step, before))
    return moved


def _kept(verdict: Verdict, place: int) -> dict[str, object]:
    return {
        "position": place,
        "state": PlanStep.State.TO_DO if verdict.included else PlanStep.State.SET_ASIDE,
        "quick_win": verdict.wins_quickly,
        "receipt_code": verdict.code,
        "receipt": verdict.receipt,
    }


def step_facts(steps: QuerySet[Step]) -> list[StepFacts]:
    """Facts of the steps of a queryset. Three queries."""
    return [
        StepFacts(
            id=step.pk,
            position=step.position,
            always=step.keep == Step.Keep.ALWAYS,
            quick_win=step.quick_win,
            raises={raised.skill_id: raised.raises_to for raised in step.step_skills.all()},
            prerequisites=frozenset(needed.pk for needed in step.prerequisites.all()),
        )
        for step in steps.prefetch_related("step_skills", "prerequisites")
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


def _skills(steps: Iterable[StepFacts]) -> set[int]:
    return {skill for step in steps for skill in step.raises}
