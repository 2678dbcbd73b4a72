"""Whom a brief is about, and what to say: without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinforcement.models import BriefItem, Moment
from reinforcement.selection import (
    Candidate,
    PromptFacts,
    Prompts,
    choose_people,
    choose_prompt,
    choose_question,
    minutes_for,
    within_six_minutes,
)

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
Why = BriefItem.Why
SKILL, OTHER_SKILL, OUTCOME, ROLE = 11, 12, 21, 31


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


USUAL = Candidate(
    report=1,
    assignment=1,
    is_new_without_win=False,
    moved_at=days_ago(2),
    done_since=(),
    first_win_since=False,
    started=True,
    last_featured_at=None,
    plan_step=1,
    skills=frozenset({SKILL}),
    outcome=OUTCOME,
    role=ROLE,
)


def somebody(report: int = 1, **changes: Any) -> Candidate:
    return replace(USUAL, report=report, **changes)


def prompt(pk: int, moment: str = Moment.IN_THE_MIDDLE, **tie: Any) -> PromptFacts:
    return PromptFacts(pk, moment, **{"skill": None, "outcome": None, "role": None, **tie})


@pytest.mark.parametrize(
    ("changes", "why", "moment"),
    [
        ({"is_new_without_win": True, "started": False}, Why.NEW, Moment.STARTING),
        ({"is_new_without_win": True}, Why.NEW, Moment.IN_THE_MIDDLE),
        ({"is_new_without_win": True, "done_since": ("x",)}, Why.NEW, Moment.JUST_FINISHED),
        ({"is_new_without_win": True, "moved_at": days_ago(20)}, Why.NEW, Moment.IN_THE_MIDDLE),
        ({"moved_at": days_ago(10)}, Why.STUCK, Moment.STUCK),
        ({"moved_at": days_ago(9.9)}, Why.TURN, Moment.IN_THE_MIDDLE),
        ({"done_since": ("x",)}, Why.FINISHED, Moment.JUST_FINISHED),
        ({"done_since": ("x",), "first_win_since": True}, Why.FINISHED, Moment.FIRST_WIN),
        ({"started": False}, Why.STARTS, Moment.STARTING),
    ],
)
def test_why_somebody_is_in_it_and_which_moment_that_is(changes, why, moment) -> None:
    candidate = somebody(**changes)
    assert (candidate.why(NOW), candidate.moment(NOW)) == (why, moment)


def test_new_before_stuck_before_finished_before_starting_before_whose_turn_it_is() -> None:
    candidates = [
        somebody(1, last_featured_at=days_ago(70)),
        somebody(2, started=False),
        somebody(3, done_since=("x",)),
        somebody(4, moved_at=days_ago(12)),
        somebody(5, is_new_without_win=True),
    ]
    featured, rest = choose_people(candidates, size=5, now=NOW)
    assert [candidate.report for candidate in featured] == [5, 4, 3, 2, 1]
    assert rest == []


def test_among_equals_never_featured_then_longest_ago_comes_first() -> None:
    candidates = [
        somebody(1, last_featured_at=days_ago(7)),
        somebody(2, last_featured_at=days_ago(21)),
        somebody(3),
    ]
    featured, rest = choose_people(candidates, size=2, now=NOW)
    assert [each.report for each in featured] == [3, 2]
    assert [each.report for each in rest] == [1]


PEOPLE = st.lists(
    st.builds(
        somebody,
        report=st.integers(1, 99),
        is_new_without_win=st.booleans(),
        moved_at=st.integers(0, 30).map(days_ago),
        done_since=st.sampled_from([(), ("x",)]),
        started=st.booleans(),
        last_featured_at=st.none() | st.integers(7, 90).map(days_ago),
    ),
    unique_by=lambda candidate: candidate.report,
    max_size=12,
)


@given(data=st.data(), people=PEOPLE, size=st.integers(1, 5))
def test_everybody_is_featured_or_in_the_rest_and_order_of_reading_changes_nothing(
    data, people, size
) -> None:
    featured, rest = choose_people(people, size=size, now=NOW)
    assert len(featured) == min(size, len(people))
    assert {each.report for each in featured + rest} == {each.report for each in people}
    shuffled = data.draw(st.permutations(people))
    assert choose_people(shuffled, size=size, now=NOW) == (featured, rest)


TIED = [
    prompt(1),
    prompt(2, role=ROLE),
    prompt(3, outcome=OUTCOME),
    prompt(4, skill=SKILL),
]


def test_a_prompt_fits_by_skill_then_outcome_then_role_then_in_general() -> None:
    used: set[int] = set()
    for expected in (4, 3, 2, 1):
        assert choose_prompt(USUAL, Prompts(TIED), used, now=NOW) == expected
        used.add(expected)
    assert choose_prompt(USUAL, Prompts(TIED), used, now=NOW) is None


def test_a_closer_tie_beats_a_better_moment() -> None:
    prompts = [prompt(1, Moment.IN_THE_MIDDLE), prompt(2, Moment.FIRST_WIN, skill=SKILL)]
    assert choose_prompt(USUAL, Prompts(prompts), set(), now=NOW) == 2


def test_among_equal_ties_the_moment_then_one_that_reads_well_then_the_oldest() -> None:
    prompts = [prompt(1, Moment.STUCK), prompt(2, Moment.IN_THE_MIDDLE)]
    prompts += [prompt(3, Moment.JUST_FINISHED), prompt(4, Moment.JUST_FINISHED)]
    finished = somebody(done_since=("x",))
    used: set[int] = set()
    for expected in (3, 4, 2, 1):
        assert choose_prompt(finished, Prompts(prompts), used, now=NOW) == expected
        used.add(expected)


@pytest.mark.parametrize("tie", [{"skill": OTHER_SKILL}, {"outcome": 99}, {"role": 99}])
def test_a_prompt_about_something_else_never_fits(tie: dict[str, Any]) -> None:
    assert choose_prompt(USUAL, Prompts([prompt(1, **tie)]), set(), now=NOW) is None


@given(
    data=st.data(),
    prompts=st.lists(
        st.builds(
            prompt,
            pk=st.integers(1, 40),
            moment=st.sampled_from(list(Moment)),
            skill=st.sampled_from([None, SKILL, OTHER_SKILL]),
        ),
        unique_by=lambda each: each.id,
    ),
    used=st.sets(st.integers(1, 40)),
)
def test_never_a_used_one_never_another_skill_and_always_the_same(data, prompts, used) -> None:
    chosen = choose_prompt(USUAL, Prompts(prompts), used, now=NOW)
    fitting = {p.id for p in prompts if p.skill != OTHER_SKILL} - used
    assert chosen in fitting if fitting else chosen is None
    shuffled = data.draw(st.permutations(prompts))
    assert choose_prompt(USUAL, Prompts(shuffled), used, now=NOW) == chosen


def test_the_question_is_about_the_step_and_the_one_asked_longest_ago() -> None:
    questions = {SKILL: [5, 6, 7], OTHER_SKILL: [8]}
    assert choose_question(USUAL, questions, []) == 5
    assert choose_question(USUAL, questions, [6, 5]) == 7
    assert choose_question(USUAL, questions, [5, 6, 7, 5]) == 6
    assert choose_question(somebody(skills=frozenset()), questions, []) is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=5))
def test_a_brief_holds_as_many_as_six_minutes_allow(prompts: list[int]) -> None:
    count = within_six_minutes(prompts)
    assert count == 1 or minutes_for(prompts[:count]) <= 6
    assert count == len(prompts) or minutes_for(prompts[: count + 1]) > 6


def test_five_people_with_prompts_of_the_usual_length_take_six_minutes() -> None:
    assert minutes_for([20] * 5) == 6
    assert within_six_minutes([20] * 5) == 5
    assert within_six_minutes([90] * 5) == 3
