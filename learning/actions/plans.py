"""Writes plans: stores what was built, and builds anew what changed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from learning import plans
from learning.copying import copy_rows
from learning.facts import (
    NONE_SEEN,
    Levels,
    levels_by_person,
    required_levels,
    skills_of,
    step_facts,
)
from learning.models import Assignment, LearningRecord, PlanStep, Step
from learning.plans import StepFacts, Verdict
from learning.records import record
from tenants.companies.identifiers import new_uid

State = PlanStep.State
FIXED = (State.DONE, State.DOING)
RECEIPT_FIELDS = ["position", "state", "quick_win", "receipt_code", "receipt"]


def write_plans(assignments: Sequence[Assignment], built: Mapping[int, Sequence[Verdict]]) -> None:
    """Store the plans of new assignments, built per person (id). One statement, however many."""
    copy_rows(
        PlanStep,
        ["uid", "assignment", "step", "intention", *RECEIPT_FIELDS],
        (
            (new_uid(), assignment.pk, verdict.step.id, "", *_cells(verdict, place))
            for assignment in assignments
            for place, verdict in enumerate(built[assignment.person_id])
        ),
    )


def _cells(verdict: Verdict, place: int) -> Iterator[Any]:
    values = kept(verdict, place)
    return (
        json.dumps(values[name]) if name == "receipt" else values[name] for name in RECEIPT_FIELDS
    )


def replan(assignments: Iterable[Assignment], *, now: datetime) -> list[PlanStep]:
    """Cut plans anew to what is known now; returns the steps that were set aside or came back.

    What is done or being done never moves. A plan follows the steps it was made of, not the path
    as it is today. Seven queries, however many plans.
    """
    mine: dict[int, list[PlanStep]] = {assignment.pk: [] for assignment in assignments}
    for plan_step in PlanStep.objects.filter(assignment__in=mine).select_related(
        "step", "assignment__person", "assignment__path", "assignment__outcome"
    ):
        mine[plan_step.assignment_id].append(plan_step)
    return settle([steps for steps in mine.values() if steps], now=now)


def settle(whole_plans: Sequence[Sequence[PlanStep]], *, now: datetime) -> list[PlanStep]:
    """Put every step of these plans where it belongs by what is known now, and store it.

    Steps without a key are new to their plan and are added to it. Returns those that were set
    aside or came back; each of these leaves a record.
    """
    steps = {step.step_id for plan in whole_plans for step in plan}
    facts = {fact.id: fact for fact in step_facts(Step.every.filter(pk__in=steps))}
    assignments = [plan[0].assignment for plan in whole_plans]
    required = required_levels({assignment.path.role_id for assignment in assignments})
    levels = levels_by_person({a.person_id for a in assignments}, skills_of(facts.values()))
    changed = [
        change
        for plan, assignment in zip(whole_plans, assignments, strict=True)
        for change in _moved(
            plan,
            facts,
            required[assignment.path.role_id],
            levels.get(assignment.person_id, NONE_SEEN),
        )
    ]
    _store([step for step, _ in changed])
    was_there = [(step, before) for step, before in changed if before]
    aside = [step for step, before in was_there if step.state == State.SET_ASIDE != before]
    back = [step for step, before in was_there if step.state == State.TO_DO != before]
    record(LearningRecord.Kind.STEP_SET_ASIDE, aside, now=now)
    record(LearningRecord.Kind.STEP_RETURNED, back, now=now)
    return [*aside, *back]


def _store(changed: Sequence[PlanStep]) -> None:
    PlanStep.objects.bulk_create([step for step in changed if step.pk is None])
    PlanStep.objects.bulk_update(
        [step for step in changed if step.pk], RECEIPT_FIELDS, batch_size=1000
    )


def _moved(
    plan: Sequence[PlanStep],
    facts: Mapping[int, StepFacts],
    required: Mapping[int, int],
    levels: Levels,
) -> list[tuple[PlanStep, str]]:
    """The steps that changed, with the state they were in before ("" for a new one)."""
    by_step = {plan_step.step_id: plan_step for plan_step in plan}
    fixed = _places([step for step in plan if step.state in FIXED], size=len(plan))
    moved = []
    for place, verdict in enumerate(
        plans.build([facts[step] for step in by_step], required, levels, fixed)
    ):
        plan_step = by_step[verdict.step.id]
        before = plan_step.state if plan_step.pk else ""
        stays = plan_step.step_id in fixed
        values = {"position": place} if stays else kept(verdict, place)
        if not before or any(getattr(plan_step, name) != new for name, new in values.items()):
            for name, value in values.items():
                setattr(plan_step, name, value)
            moved.append((plan_step, before))
    return moved


def _places(fixed: Iterable[PlanStep], *, size: int) -> dict[int, int]:
    """Step id → its place, for what never moves; a plan that got shorter moves the last ones up."""
    places, room = {}, size - 1
    for plan_step in sorted(fixed, key=lambda step: step.position, reverse=True):
        places[plan_step.step_id] = min(plan_step.position, room)
        room = places[plan_step.step_id] - 1
    return places


def kept(verdict: Verdict, place: int) -> dict[str, Any]:
    """What a plan step holds of a verdict, at a place (from 0)."""
    return {
        "position": place,
        "state": State.TO_DO.value if verdict.included else State.SET_ASIDE.value,
        "quick_win": verdict.wins_quickly,
        "receipt_code": verdict.code,
        "receipt": verdict.receipt,
    }
