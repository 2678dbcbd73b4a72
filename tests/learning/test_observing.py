"""What somebody saw cuts the open plans anew."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from learning import receipts
from learning.actions import finish_step, start_step, withdraw_observation
from learning.models import Assignment, LearningRecord, Observation, Path
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import Assign, See, kinds, plan_of, states, step

DISCOVERY_STEPS = {"three-question-opener", "cost-of-the-problem"}


@pytest.fixture
def assignment(assign: Assign, lee: Person) -> Assignment:
    return assign(lee).assignments[0]


def aside(assignment: Assignment) -> set[str]:
    return {slug for slug, state in states(assignment).items() if state == "set_aside"}


def test_what_was_shown_is_set_aside_and_the_receipt_names_who_and_when(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    _, moved = see(lee, "discovery", 2, by=ada, observed_on=TODAY - timedelta(days=15))
    assert {each.step.slug for each in moved} == aside(assignment) == DISCOVERY_STEPS
    told = receipts.sentences(moved)
    assert set(told.values()) == {"You already showed this: Ada saw it on 3 November."}


def test_a_level_between_sets_aside_only_what_it_covers(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 1, by=ada)
    assert aside(assignment) == {"three-question-opener"}
    assert receipts.sentences([kept := step(assignment, "cost-of-the-problem")])[kept.pk] == (
        "Discovery conversations: the role needs “on their own”; "
        "Ada saw “with help” on 18 November."
    )


def test_a_lower_level_later_brings_the_steps_back(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 2, by=ada, observed_on=TODAY - timedelta(days=1))
    _, moved = see(lee, "discovery", 0, by=ada)
    assert {each.step.slug for each in moved} == DISCOVERY_STEPS
    assert aside(assignment) == set()


def test_taking_it_back_brings_the_steps_back(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    seen, _ = see(lee, "discovery", 2, by=ada)
    moved = withdraw_observation(observation=seen, now=NOW)
    assert {each.step.slug for each in moved} == DISCOVERY_STEPS
    assert aside(assignment) == set()


def test_what_is_done_or_being_done_never_moves(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    start_step(plan_step=step(assignment, "cost-of-the-problem"))
    finish_step(plan_step=step(assignment, "discount-rehearsal"))
    before = {s.step.slug: (s.position, s.state, s.receipt) for s in plan_of(assignment)}
    see(lee, "discovery", 3, by=ada)
    see(lee, "negotiation", 3, by=ada)
    after = {s.step.slug: (s.position, s.state, s.receipt) for s in plan_of(assignment)}
    for slug in ("cost-of-the-problem", "discount-rehearsal"):
        assert after[slug] == before[slug]
    assert aside(assignment) == {"three-question-opener", "give-and-get"}
    assert sorted(position for position, _, _ in after.values()) == list(range(14))


def test_each_move_leaves_a_record(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 2, by=ada)
    see(lee, "discovery", 1, by=ada)
    assert kinds(assignment) == [
        "assignment.created",
        "step.set_aside",
        "step.set_aside",
        "step.returned",
    ]
    returned = LearningRecord.objects.get(kind="step.returned").payload["step"]
    assert returned["title"] == step(assignment, "cost-of-the-problem").step.title


def test_the_same_seen_again_moves_and_records_nothing(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 2, by=ada)
    _, moved = see(lee, "discovery", 2, by=ada)
    assert moved == []
    assert LearningRecord.objects.filter(kind__startswith="step.").count() == 2


@pytest.mark.parametrize("status", ["completed", "withdrawn"])
def test_a_closed_plan_stays_as_it_was(
    assignment: Assignment, see: See, ada: Person, lee: Person, status: str
) -> None:
    Assignment.objects.update(status=status)
    see(lee, "discovery", 2, by=ada)
    assert aside(assignment) == set()


@pytest.mark.parametrize("level", [-1, 4])
def test_a_level_off_the_scale_is_refused(
    sales_path: Path, see: See, lee: Person, level: int
) -> None:
    with pytest.raises(ValidationError, match="not on the scale"):
        see(lee, "discovery", level)
    assert not Observation.objects.exists()


def test_a_day_to_come_is_refused(sales_path: Path, see: See, lee: Person) -> None:
    with pytest.raises(ValidationError, match="2026-11-19 is still to come"):
        see(lee, "discovery", 1, observed_on=TODAY + timedelta(days=1))
    assert not Observation.objects.exists()
