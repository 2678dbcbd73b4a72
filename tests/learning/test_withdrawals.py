"""Taking a path back keeps what was done, and can be undone."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from time_machine import Traveller

from learning.actions import finish_step, start_step, undo_withdrawal, withdraw
from learning.models import Assignment, LearningRecord
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import Assign, See, kinds, plan_of, states
from tests.learning.test_consequences import hris, status


@pytest.fixture
def assignment(assign: Assign, lee: Person) -> Assignment:
    return assign(lee).assignments[0]


def test_withdrawn_and_given_back_it_stands_where_it_stood(assignment: Assignment) -> None:
    finish_step(plan_step=plan_of(assignment)[0])
    start_step(plan_step=plan_of(assignment)[1])
    before = states(assignment)
    assert withdraw(assignments=[assignment]) == [assignment]
    assert (status(assignment), assignment.withdrawn_at) == ("withdrawn", NOW)
    assert states(assignment) == before
    assert undo_withdrawal(assignments=[assignment]) == [assignment]
    assert (status(assignment), assignment.withdrawn_at) == ("in_progress", None)
    assert states(assignment) == before
    assert kinds(assignment)[-2:] == ["assignment.withdrawn", "assignment.resumed"]


def test_withdrawing_twice_and_undoing_twice_is_once(assignment: Assignment) -> None:
    withdraw(assignments=[assignment])
    assert withdraw(assignments=[assignment]) == []
    undo_withdrawal(assignments=[assignment])
    assert undo_withdrawal(assignments=[assignment]) == []
    assert kinds(assignment)[1:] == ["assignment.withdrawn", "assignment.resumed"]


def test_what_was_seen_meanwhile_is_in_the_plan_that_comes_back(
    assignment: Assignment, lee: Person, ada: Person, see: See
) -> None:
    withdraw(assignments=[assignment])
    _, moved = see(lee, "discovery", 3, by=ada)
    assert moved == []
    undo_withdrawal(assignments=[assignment])
    assert states(assignment)["three-question-opener"] == "set_aside"


def test_the_days_it_was_withdrawn_do_not_count_for_the_first_win(
    assignment: Assignment, clock: Traveller
) -> None:
    withdraw(assignments=[assignment])
    clock.move_to(NOW + timedelta(days=5))
    undo_withdrawal(assignments=[assignment])
    assignment.refresh_from_db()
    assert assignment.first_win_due_on == TODAY + timedelta(days=19)


def test_of_somebody_on_leave_it_comes_back_paused_and_resumes_with_them(
    assignment: Assignment, lee: Person
) -> None:
    withdraw(assignments=[assignment])
    hris(lee, employment_status="leave")
    undo_withdrawal(assignments=[assignment])
    assert (status(assignment), assignment.pause) == ("paused", "leave")
    hris(lee, employment_status="active")
    assert status(assignment) == "assigned"


def test_it_does_not_come_back_beside_the_same_path_given_anew(
    assignment: Assignment, assign: Assign, lee: Person, nia: Person
) -> None:
    hers = assign(nia).assignments[0]
    withdraw(assignments=[assignment, hers])
    assign(lee)
    with pytest.raises(ValidationError, match="They have this path open again: Lee Tanaka"):
        undo_withdrawal(assignments=[assignment, hers])
    assert (status(assignment), status(hers)) == ("withdrawn", "withdrawn")


def test_of_two_withdrawn_ones_of_the_same_path_not_both_come_back(
    assignment: Assignment, assign: Assign, lee: Person
) -> None:
    withdraw(assignments=[assignment])
    second = assign(lee).assignments[0]
    withdraw(assignments=[second])
    with pytest.raises(ValidationError, match="open again: Lee Tanaka"):
        undo_withdrawal(assignments=[assignment, second])


def test_it_does_not_come_back_to_somebody_who_has_left(
    assignment: Assignment, lee: Person
) -> None:
    withdraw(assignments=[assignment])
    hris(lee, employment_status="terminated")
    with pytest.raises(ValidationError, match="No longer with the company: Lee Tanaka"):
        undo_withdrawal(assignments=[assignment])
    assert not LearningRecord.objects.filter(kind="assignment.resumed").exists()


def test_a_completed_path_is_not_withdrawn(assignment: Assignment) -> None:
    for plan_step in plan_of(assignment):
        finish_step(plan_step=plan_step)
    assert status(assignment) == "completed"
    assert withdraw(assignments=[assignment]) == []
