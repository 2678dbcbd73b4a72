"""Taking back "done" and "started", on the same day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from time_machine import Traveller

from learning.actions import finish_step, pause, start_step, undo_step
from learning.models import Assignment, LearningRecord, Path
from tenants.people.models import Person
from tests.conftest import NOW
from tests.learning.cast import Assign, See, kinds, plan_of, states, step


@pytest.fixture
def assignment(assign: Assign, lee: Person) -> Assignment:
    return assign(lee).assignments[0]


def test_done_is_taken_back_to_where_the_step_was(assignment: Assignment, clock: Traveller) -> None:
    facts, lost = step(assignment, "five-facts"), step(assignment, "won-and-lost")
    start_step(plan_step=facts)
    clock.shift(timedelta(hours=1))
    for each in (facts, lost):
        finish_step(plan_step=each, intention="Ask who signs")
    back = undo_step(plan_step=facts, state="done")
    assert (back.state, back.started_at, back.done_at) == ("doing", NOW, None)
    assert back.intention == "Ask who signs"
    back = undo_step(plan_step=lost, state="done")
    assert (back.state, back.started_at, back.done_at) == ("to_do", None, None)
    assert kinds(assignment)[-2:] == ["step.returned", "step.returned"]


def test_an_only_start_taken_back_leaves_a_path_that_has_not_begun(
    assignment: Assignment, clock: Traveller
) -> None:
    clock.shift(timedelta(days=2))
    facts = step(assignment, "five-facts")
    start_step(plan_step=facts)
    assert undo_step(plan_step=facts, state="doing").state == "to_do"
    assignment.refresh_from_db()
    assert (assignment.status, assignment.moved_at) == ("assigned", NOW)


def test_twice_is_once_and_takes_back_no_earlier_start(assignment: Assignment) -> None:
    facts = step(assignment, "five-facts")
    start_step(plan_step=facts, now=NOW)
    finish_step(plan_step=facts, now=NOW + timedelta(minutes=1))
    for _ in range(2):
        assert undo_step(plan_step=facts, state="done").state == "doing"
    assert kinds(assignment).count("step.returned") == 1
    for state in ("to_do", "set_aside", "", "nonsense"):
        assert undo_step(plan_step=facts, state=state).state == "doing"


def test_the_day_is_the_persons_own(assignment: Assignment, lee: Person) -> None:
    lee.time_zone = "America/New_York"
    lee.save()
    facts = step(assignment, "five-facts")
    finish_step(plan_step=facts, now=datetime(2026, 11, 18, 14, 0, tzinfo=UTC))
    too_late = datetime(2026, 11, 19, 5, 0, tzinfo=UTC)  # midnight in New York
    with pytest.raises(ValidationError, match="on the same day only"):
        undo_step(plan_step=facts, state="done", now=too_late)
    back = undo_step(plan_step=facts, state="done", now=too_late - timedelta(seconds=1))
    assert back.state == "to_do"


def test_a_first_win_goes_with_its_step_and_can_be_won_again(
    assignment: Assignment, clock: Traveller
) -> None:
    facts = step(assignment, "five-facts")
    finish_step(plan_step=facts)
    undo_step(plan_step=facts, state="done")
    assignment.refresh_from_db()
    assert assignment.first_win_at is None
    clock.shift(timedelta(hours=2))
    finish_step(plan_step=facts)
    assignment.refresh_from_db()
    assert assignment.first_win_at == NOW + timedelta(hours=2)
    assert kinds(assignment).count("first_win") == 2


def test_a_second_quick_win_takes_the_place_of_the_first(
    assignment: Assignment, clock: Traveller
) -> None:
    first, second = step(assignment, "five-facts"), step(assignment, "give-and-get")
    finish_step(plan_step=first)
    clock.shift(timedelta(hours=1))
    finish_step(plan_step=second)
    undo_step(plan_step=first, state="done")
    assignment.refresh_from_db()
    assert assignment.first_win_at == NOW + timedelta(hours=1)
    assert kinds(assignment)[-2:] == ["step.returned", "first_win"]
    last = LearningRecord.objects.filter(kind="first_win").latest("id")
    assert last.payload["step"]["title"] == second.step.title


def test_what_is_no_first_win_leaves_it_alone(assignment: Assignment, clock: Traveller) -> None:
    finish_step(plan_step=step(assignment, "five-facts"))
    clock.shift(timedelta(hours=1))
    for slug in ("give-and-get", "cost-of-the-problem"):
        finish_step(plan_step=step(assignment, slug))
        undo_step(plan_step=step(assignment, slug), state="done")
    assignment.refresh_from_db()
    assert assignment.first_win_at == NOW


def complete(assignment: Assignment) -> None:
    for each in plan_of(assignment):
        finish_step(plan_step=each)


def test_a_path_that_it_had_completed_goes_on(assignment: Assignment) -> None:
    complete(assignment)
    undo_step(plan_step=step(assignment, "five-facts"), state="done")
    assignment.refresh_from_db()
    assert (assignment.status, assignment.completed_at) == ("in_progress", None)
    assert kinds(assignment)[-3:] == ["assignment.completed", "step.returned", "assignment.resumed"]
    finish_step(plan_step=step(assignment, "five-facts"))
    assert kinds(assignment)[-1] == "assignment.completed"


def test_a_path_that_was_given_again_since_is_gone_on_with_there(
    assignment: Assignment, assign: Assign, lee: Person
) -> None:
    complete(assignment)
    assign(lee)
    before = kinds(assignment)
    with pytest.raises(ValidationError, match="given this path again"):
        undo_step(plan_step=step(assignment, "five-facts"), state="done")
    assert set(states(assignment).values()) == {"done"}
    assert kinds(assignment) == before


def test_nothing_is_taken_back_while_a_path_rests_or_was_taken_back(
    assignment: Assignment, lee: Person
) -> None:
    finish_step(plan_step=step(assignment, "five-facts"))
    pause(people=[lee.pk], now=NOW)
    with pytest.raises(ValidationError, match="rests"):
        undo_step(plan_step=step(assignment, "five-facts"), state="done")
    assert step(assignment, "five-facts").state == "done"


def test_a_set_aside_step_that_was_begun_is_set_aside_again(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 2, by=ada)
    opener = step(assignment, "three-question-opener")
    start_step(plan_step=opener)
    back = undo_step(plan_step=opener, state="doing")
    assert (back.state, back.receipt_code) == ("set_aside", "shown")
    assert kinds(assignment)[-1] == "step.set_aside"


def test_what_was_seen_meanwhile_counts_for_a_step_that_comes_back(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    opener = step(assignment, "three-question-opener")
    finish_step(plan_step=opener)
    see(lee, "discovery", 2, by=ada)
    back = undo_step(plan_step=opener, state="done")
    assert (back.state, back.receipt_code) == ("set_aside", "shown")
    assert kinds(assignment)[-2:] == ["step.returned", "step.set_aside"]


def test_a_start_taken_back_completes_a_path_with_nothing_left(
    assignment: Assignment, see: See, ada: Person, lee: Person, sales_path: Path
) -> None:
    see(lee, "discovery", 2, by=ada)
    opener = step(assignment, "three-question-opener")
    start_step(plan_step=opener)
    for each in plan_of(assignment):
        if each.state == "to_do":
            finish_step(plan_step=each)
    assignment.refresh_from_db()
    assert assignment.status == "in_progress"
    undo_step(plan_step=opener, state="doing")
    assignment.refresh_from_db()
    assert assignment.status == "completed"
