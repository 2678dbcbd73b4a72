"""Starting and finishing steps."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from time_machine import Traveller

from learning.actions import finish_step, intend, pause, start_step
from learning.models import Assignment, PlanStep
from tenants.people.models import Person
from tests.conftest import NOW
from tests.learning.cast import Assign, See, kinds, plan_of, states, step


@pytest.fixture
def assignment(assign: Assign, lee: Person) -> Assignment:
    return assign(lee).assignments[0]


def test_the_first_step_starts_the_path(assignment: Assignment, clock: Traveller) -> None:
    clock.shift(timedelta(days=2))
    started = start_step(plan_step=step(assignment, "five-facts"))
    assignment.refresh_from_db()
    assert (started.state, started.started_at) == ("doing", NOW + timedelta(days=2))
    assert (assignment.status, assignment.moved_at) == ("in_progress", NOW + timedelta(days=2))
    start_step(plan_step=step(assignment, "won-and-lost"))
    assert kinds(assignment) == [
        "assignment.created",
        "assignment.started",
        "step.started",
        "step.started",
    ]


def test_finishing_keeps_what_the_person_will_try_at_work(assignment: Assignment) -> None:
    done = finish_step(plan_step=step(assignment, "five-facts"), intention=" Ask who signs. ")
    assert (done.state, done.intention) == ("done", "Ask who signs.")
    assert (done.started_at, done.done_at) == (NOW, NOW)


def test_a_line_written_before_stays_unless_another_is_given(assignment: Assignment) -> None:
    facts = step(assignment, "five-facts")
    intend(plan_step=facts, intention=" Ask  who\nsigns. ")
    start_step(plan_step=facts)
    assert finish_step(plan_step=facts).intention == "Ask who signs."
    assert start_step(plan_step=step(assignment, "won-and-lost"), intention="Call two").intention
    assert finish_step(plan_step=step(assignment, "won-and-lost"), intention="").intention == ""


def test_writing_a_line_moves_nothing_and_records_nothing(
    assignment: Assignment, clock: Traveller
) -> None:
    clock.shift(timedelta(days=2))
    kept = intend(plan_step=step(assignment, "five-facts"), intention="Ask who signs")
    assignment.refresh_from_db()
    assert (kept.state, kept.intention) == ("to_do", "Ask who signs")
    assert (assignment.status, assignment.moved_at) == ("assigned", NOW)
    assert kinds(assignment) == ["assignment.created"]


def test_a_line_of_301_characters_is_refused_where_it_was_written(assignment: Assignment) -> None:
    facts = step(assignment, "five-facts")
    assert len(intend(plan_step=facts, intention="x" * 300).intention) == 300
    for write in (intend, start_step, finish_step):
        with pytest.raises(ValidationError) as refused:
            write(plan_step=facts, intention="y" * 301)
        assert refused.value.message_dict == {
            "intention": ["Keep it to 300 characters: this line has 301."]
        }
    assert step(assignment, "five-facts").intention == "x" * 300


def test_no_line_for_a_step_that_was_set_aside_or_whose_path_is_over(
    assignment: Assignment,
) -> None:
    aside = step(assignment, "won-and-lost")
    PlanStep.objects.filter(pk=aside.pk).update(state="set_aside")
    with pytest.raises(ValidationError, match="set aside: start it"):
        intend(plan_step=aside, intention="Call two")
    pause(people=[assignment.person_id], now=NOW)
    with pytest.raises(ValidationError, match="its steps cannot change"):
        intend(plan_step=step(assignment, "five-facts"), intention="Ask who signs")
    assert set(assignment.plan_steps.values_list("intention", flat=True)) == {""}


def test_twice_is_once(assignment: Assignment, clock: Traveller) -> None:
    stale = step(assignment, "five-facts")
    start_step(plan_step=stale)
    clock.shift(timedelta(hours=1))
    start_step(plan_step=stale)
    finish_step(plan_step=stale, intention="the first")
    clock.shift(timedelta(hours=1))
    finish_step(plan_step=stale, intention="the second")
    start_step(plan_step=stale)
    now = step(assignment, "five-facts")
    assert (now.state, now.intention) == ("done", "the first")
    assert (now.started_at, now.done_at) == (NOW, NOW + timedelta(hours=1))
    assert kinds(assignment).count("step.started") == kinds(assignment).count("step.done") == 1


def test_the_first_quick_win_is_the_first_win_and_there_is_only_one(
    assignment: Assignment, clock: Traveller
) -> None:
    finish_step(plan_step=step(assignment, "cost-of-the-problem"))
    assignment.refresh_from_db()
    assert assignment.first_win_at is None
    finish_step(plan_step=step(assignment, "five-facts"))
    clock.shift(timedelta(days=1))
    finish_step(plan_step=step(assignment, "give-and-get"))
    assignment.refresh_from_db()
    assert assignment.first_win_at == NOW
    assert kinds(assignment).count("first_win") == 1


def test_a_quick_win_that_closes_no_gap_is_no_first_win(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "qualification", 2, by=ada)
    finish_step(plan_step=step(assignment, "five-facts"))
    assignment.refresh_from_db()
    assert assignment.first_win_at is None


def finish_all(assignment: Assignment) -> None:
    for each in plan_of(assignment):
        if each.state != PlanStep.State.SET_ASIDE:
            finish_step(plan_step=each)


def test_the_last_step_completes_the_path_whatever_was_set_aside(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 2, by=ada)
    finish_all(assignment)
    assignment.refresh_from_db()
    assert (assignment.status, assignment.completed_at) == ("completed", NOW)
    assert set(states(assignment).values()) == {"done", "set_aside"}
    assert kinds(assignment)[-1] == "assignment.completed"
    assert kinds(assignment).count("assignment.completed") == 1


def test_showing_the_rest_completes_the_path_too(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    for each in plan_of(assignment):
        if each.step.slug not in ("three-question-opener", "cost-of-the-problem"):
            finish_step(plan_step=each)
    assignment.refresh_from_db()
    assert assignment.status == "in_progress"
    see(lee, "discovery", 2, by=ada)
    assignment.refresh_from_db()
    assert assignment.status == "completed"


@pytest.mark.parametrize("action", [start_step, finish_step])
def test_a_paused_path_does_not_move(assignment: Assignment, lee: Person, action) -> None:
    pause(people=[lee.pk], now=NOW)
    with pytest.raises(ValidationError, match="This path is paused: its steps cannot change"):
        action(plan_step=step(assignment, "five-facts"))
    assert step(assignment, "five-facts").state == "to_do"


def test_a_step_that_was_set_aside_can_be_done_all_the_same(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 2, by=ada)
    assert start_step(plan_step=step(assignment, "three-question-opener")).state == "doing"
