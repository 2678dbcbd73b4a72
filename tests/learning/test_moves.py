"""What moved in a plan since a moment that was remembered."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.actions import start_step
from learning.models import Assignment
from learning.moves import Moves, kept_order, moves_since, places_of
from learning.reports import my_paths
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.learning.cast import Assign, See, step

DISCOVERY = {"three-question-opener", "cost-of-the-problem"}


@pytest.fixture
def assignment(assign: Assign, lee: Person) -> Assignment:
    return assign(lee).assignments[0]


def moves(person: Person, before) -> Moves:
    (path,) = my_paths(person, today=TODAY)
    return moves_since(before, path)


def slugs(lines) -> set[str]:
    return {line.plan_step.step.slug for line in lines}


def test_nothing_moved_is_no_move(assignment: Assignment, lee: Person) -> None:
    assert not moves(lee, places_of(lee))
    assert not moves(lee, {})


def test_steps_set_aside_and_back_again_are_named_with_their_receipts(
    assignment: Assignment, see: See, lee: Person
) -> None:
    before = places_of(lee)
    see(lee, "discovery", 2)
    found = moves(lee, before)
    assert slugs(found.aside) == DISCOVERY
    assert {line.receipt for line in found.aside} == {
        "You already showed this: you said so on 18 November."
    }
    assert (found.back, found.sooner, found.later) == ([], [], [])
    assert found.told == "2 steps are set aside."
    between = places_of(lee)
    see(lee, "discovery", 0)
    assert slugs(moves(lee, between).back) == DISCOVERY
    assert not moves(lee, before)


def test_a_smaller_gap_comes_later_and_the_others_do_not_count_as_sooner(
    assignment: Assignment, see: See, lee: Person
) -> None:
    before = places_of(lee)
    see(lee, "mutual-plan", 1)
    found = moves(lee, before)
    assert slugs(found.sooner) == set()
    assert slugs(found.later) == {"plan-back-from-go-live"}


def test_what_was_begun_meanwhile_has_not_moved(
    assignment: Assignment, see: See, lee: Person
) -> None:
    see(lee, "discovery", 2)
    before = places_of(lee)
    start_step(plan_step=step(assignment, "cost-of-the-problem"))
    found = moves(lee, before)
    assert slugs(found.aside) | slugs(found.back) == set()


@given(st.permutations(range(7)))
def test_as_few_as_possible_count_as_moved(were: list[int]) -> None:
    kept = kept_order(were)
    rising = [were[place] for place in sorted(kept)]
    assert rising == sorted(rising)
    assert not any(list(more) == sorted(more) for more in combinations(were, len(kept) + 1))


@given(st.permutations(range(7)))
def test_without_a_move_everything_keeps_its_order(were: list[int]) -> None:
    assert (len(kept_order(were)) == 7) == (were == sorted(were))
