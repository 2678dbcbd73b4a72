"""Whatever was done before: finish a step and take it back, and the plan is as it was."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from time_machine import Traveller

from learning.actions import finish_step, start_step, undo_step
from learning.models import Assignment
from tenants.people.models import Person
from tests.learning.cast import Assign, See, plan_of

MOVES = some.lists(
    some.tuples(some.sampled_from(["start", "finish", "see"]), some.integers(0, 13)), max_size=6
)
SKILLS = ("discovery", "qualification", "negotiation")
FIELDS = ("position", "state", "quick_win", "receipt_code", "receipt", "started_at", "done_at")


def snapshot(assignment: Assignment) -> tuple[object, ...]:
    assignment.refresh_from_db()
    own = ("status", "moved_at", "first_win_at", "completed_at", "first_win_due_on")
    plan = [tuple(getattr(step, name) for name in FIELDS) for step in plan_of(assignment)]
    return (*(getattr(assignment, name) for name in own), plan)


@pytest.fixture
def assignment(assign: Assign, lee: Person) -> Assignment:
    return assign(lee).assignments[0]


@given(moves=MOVES, chosen=some.integers(0, 13), verb=some.sampled_from(["start", "finish"]))
@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_to_move_a_step_and_take_it_back_changes_nothing(
    assign: Assign,
    see: See,
    lee: Person,
    ada: Person,
    clock: Traveller,
    assignment: Assignment,
    moves: list[tuple[str, int]],
    chosen: int,
    verb: str,
) -> None:
    with transaction.atomic():
        for move, which in moves:
            clock.shift(timedelta(minutes=1))
            if move == "see":
                see(lee, SKILLS[which % 3], which % 4, by=ada)
            else:
                act(move, assignment, which)
        clock.shift(timedelta(minutes=1))
        before = snapshot(assignment)
        state = plan_of(assignment)[chosen].state
        changes = state != "done" and (verb, state) != ("start", "doing")
        act(verb, assignment, chosen)
        if changes and before[0] != "completed":
            clock.shift(timedelta(minutes=1))
            taken = "doing" if verb == "start" else "done"
            undo_step(plan_step=plan_of(assignment)[chosen], state=taken)
        assert snapshot(assignment) == before
        transaction.set_rollback(True)


def act(verb: str, assignment: Assignment, which: int) -> None:
    """Start or finish the step at a place, as long as the path is open."""
    assignment.refresh_from_db()
    if assignment.status != "completed":
        move = start_step if verb == "start" else finish_step
        move(plan_step=plan_of(assignment)[which])
