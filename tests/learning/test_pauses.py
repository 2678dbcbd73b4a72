"""Paths that rest for a while, and the clock of the first win meanwhile."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from time_machine import Traveller

from learning.actions import (
    finish_step,
    pause_assignment,
    resume_assignment,
    start_step,
    withdraw,
)
from learning.models import Assignment
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import Assign, kinds, plan_of
from tests.learning.test_consequences import hris, status


@pytest.fixture
def assignment(assign: Assign, lee: Person) -> Assignment:
    return assign(lee).assignments[0]


def test_what_was_paused_by_hand_stays_paused_when_leave_ends(
    assignment: Assignment, lee: Person
) -> None:
    pause_assignment(assignment=assignment)
    hris(lee, employment_status="leave")
    hris(lee, employment_status="active")
    assert (status(assignment), assignment.pause) == ("paused", "hand")
    resume_assignment(assignment=assignment)
    assert (status(assignment), assignment.pause, assignment.paused_on) == ("assigned", "", None)
    assert kinds(assignment)[1:] == ["assignment.paused", "assignment.resumed"]


def test_resumed_by_hand_during_leave_it_goes_on_when_they_are_back(
    assignment: Assignment, lee: Person
) -> None:
    pause_assignment(assignment=assignment)
    hris(lee, employment_status="leave")
    resume_assignment(assignment=assignment)
    assert status(assignment) == "paused"
    hris(lee, employment_status="active")
    assert status(assignment) == "assigned"


def test_pausing_and_resuming_twice_is_once(assignment: Assignment) -> None:
    for _ in range(2):
        pause_assignment(assignment=assignment)
    for _ in range(2):
        resume_assignment(assignment=assignment)
    assert kinds(assignment)[1:] == ["assignment.paused", "assignment.resumed"]


def test_the_clock_stands_still_while_a_path_is_paused(
    assignment: Assignment, clock: Traveller
) -> None:
    clock.move_to(NOW + timedelta(days=3))
    pause_assignment(assignment=assignment)
    clock.move_to(NOW + timedelta(days=10))
    resume_assignment(assignment=assignment)
    assignment.refresh_from_db()
    assert assignment.first_win_due_on == TODAY + timedelta(days=14 + 7)


def test_a_clock_that_had_run_out_or_was_met_does_not_start_again(
    assign: Assign, lee: Person, nia: Person, clock: Traveller
) -> None:
    late, won = assign(lee, nia).assignments
    due = won.first_win_due_on
    finish_step(plan_step=plan_of(won)[0])
    won.refresh_from_db()
    assert won.first_win_at == NOW
    pause_assignment(assignment=won)
    clock.move_to(NOW + timedelta(days=20))
    pause_assignment(assignment=late)
    clock.move_to(NOW + timedelta(days=30))
    for each in (late, won):
        resume_assignment(assignment=each)
        each.refresh_from_db()
    assert (late.first_win_due_on, won.first_win_due_on) == (TODAY + timedelta(days=14), due)


def test_steps_of_a_paused_path_do_not_change(assignment: Assignment) -> None:
    pause_assignment(assignment=assignment)
    with pytest.raises(ValidationError, match="This path is paused"):
        start_step(plan_step=plan_of(assignment)[0])


def test_what_is_over_is_neither_paused_nor_resumed(assignment: Assignment) -> None:
    withdraw(assignments=[assignment])
    with pytest.raises(ValidationError, match="withdrawn and cannot be paused"):
        pause_assignment(assignment=assignment)
    with pytest.raises(ValidationError, match="withdrawn and cannot be resumed"):
        resume_assignment(assignment=assignment)
