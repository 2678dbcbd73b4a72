"""Signs that a path is clicked through: counted per path, of nobody in particular."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.actions import finish_step, observe, start_step, withdraw
from learning.models import Assignment, Observation, Path
from learning.reports import gaming
from learning.reports.gaming import Signals
from learning.reports.small_groups import Share
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tests.conftest import NOW, TODAY
from tests.learning.cast import plan_of, step
from tests.learning.test_replanning_properties import undone
from tests.pulse import HIDDEN, crowd, give, nothing_hidden, planned, row_of, small_path

MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(weeks=1)
pytestmark = pytest.mark.usefixtures("clock", "acme")


@pytest.fixture
def team(sales_path: Path) -> list[Assignment]:
    """Five people on the account executive's path since eight weeks ago."""
    return give(sales_path, crowd(5), at=NOW - 8 * WEEK)


def told() -> Signals:
    [signals] = gaming(now=NOW)
    return signals


def do(assignment: Assignment, places: Sequence[int], *, at: datetime, every: timedelta) -> None:
    """Steps of the plan by their places, one after the other."""
    for turn, place in enumerate(places):
        finish_step(plan_step=plan_of(assignment)[place], now=at + turn * every)


def test_three_steps_in_ten_minutes_are_a_fast_run(team: list[Assignment]) -> None:
    fast, slow, two, *_ = team
    do(fast, range(3), at=NOW - WEEK, every=5 * MINUTE)
    do(slow, range(4), at=NOW - WEEK, every=5 * MINUTE + timedelta(seconds=1))
    do(two, range(2), at=NOW - WEEK, every=MINUTE)
    assert told().fast_runs == HIDDEN  # only three people did anything
    for other in team[3:]:
        do(other, [0], at=NOW - WEEK, every=MINUTE)
    assert told().fast_runs == Share(1, 5, 5)


@pytest.mark.parametrize(
    ("ago", "counted"), [(12 * WEEK, Share(1, 5, 5)), (12 * WEEK + MINUTE, HIDDEN)]
)
def test_a_run_counts_for_twelve_weeks(sales_path: Path, ago, counted: Share) -> None:
    first, *others = give(sales_path, crowd(5), at=NOW - 20 * WEEK)
    do(first, range(3), at=NOW - ago - 2 * MINUTE, every=MINUTE)
    for other in others:
        do(other, [0], at=NOW - WEEK, every=MINUTE)
    assert told().fast_runs == counted


def test_everybodys_step_first_while_one_on_a_gap_waits_before_it(team: list[Assignment]) -> None:
    jumped, begun, *others = team
    assert plan_of(jumped)[-1].receipt_code == "everyone"
    finish_step(plan_step=step(jumped, "won-and-lost"), now=NOW - WEEK)
    for place in range(13):  # who has begun what comes before does not jump
        start_step(plan_step=plan_of(begun)[place], now=NOW - 2 * WEEK)
    finish_step(plan_step=step(begun, "won-and-lost"), now=NOW - WEEK)
    for other in others:
        do(other, [0, 13], at=NOW - WEEK, every=DAY)
    assert told().no_gap_first == Share(1, 5, 5)


def test_a_step_that_was_set_aside_is_on_no_gap(team: list[Assignment]) -> None:
    jumped, *others = team
    for skill in plan_of(jumped)[0].step.skills.all():
        observe(
            person=jumped.person,
            skill=skill,
            level=3,
            source=Observation.Source.SELF,
            observer=jumped.person,
            observed_on=TODAY,
        )
    aside = next(s for s in plan_of(jumped) if s.state == "set_aside")
    finish_step(plan_step=aside, now=NOW - WEEK)
    for other in others:
        do(other, [3], at=NOW - WEEK, every=DAY)  # out of order, but on a gap
    assert told().no_gap_first == Share(1, 5, 5)


@pytest.mark.parametrize(("ago", "left"), [(3 * WEEK, 1), (3 * WEEK - MINUTE, 0)])
def test_a_step_that_shows_a_gap_is_left_after_three_weeks(
    team: list[Assignment], ago: timedelta, left: int
) -> None:
    passed_over, in_order, *others = team
    do(passed_over, [0, 1, 3], at=NOW - ago, every=timedelta(0))
    do(in_order, [0, 1, 2], at=NOW - ago, every=timedelta(0))
    for other in others:
        start_step(plan_step=plan_of(other)[0], now=NOW - ago)
    assert told().left_waiting == Share(left, 5, 5)


def test_a_step_that_is_read_alone_shows_no_gap(sales_path: Path, team: list[Assignment]) -> None:
    sales_path.steps.update(kind="read")
    for assignment in team:
        do(assignment, [0, 1, 3], at=NOW - 4 * WEEK, every=DAY)
    assert told().left_waiting == Share(0, 5, 5)


def test_who_is_away_or_withdrawn_is_not_counted(team: list[Assignment]) -> None:
    for assignment in team:
        do(assignment, [0, 1, 3], at=NOW - 4 * WEEK, every=MINUTE)
    assert told() == Signals(
        path="From first call to signature",
        role="Account executive",
        fast_runs=Share(5, 5, 5),
        no_gap_first=Share(0, 5, 5),
        left_waiting=Share(5, 5, 5),
    )
    team[0].person.employment_status = "leave"
    team[0].person.save()
    assert (told().left_waiting, told().fast_runs) == (HIDDEN, Share(5, 5, 5))
    withdraw(assignments=team[:1])
    assert (told().left_waiting, told().fast_runs) == (HIDDEN, HIDDEN)


def test_five_times_one_person_is_still_hidden() -> None:
    [one] = crowd(1)
    path = small_path("Other", "read", "read", "read")
    for _ in range(5):
        assignment = row_of(one, path, status="completed", completed_at=NOW)
        for place in path.steps.all():
            planned(assignment, place, state="done", done_at=NOW - DAY)
    assert told().fast_runs == HIDDEN
    for person in crowd(4):
        planned(row_of(person, path), path.steps.get(position=0), state="done", done_at=NOW - DAY)
    assert told().fast_runs == Share(5, 9, 5)


def test_another_company_s_signals_are_not_ours(globex: Company) -> None:
    with working_for(globex):
        _store([[(0, 0, "gap", "done")]] * 5)
        assert gaming(now=NOW)[0].fast_runs == Share(0, 5, 5)
    assert gaming(now=NOW) == ()


@pytest.mark.parametrize("number", [3, 30])
def test_it_is_one_query_however_many_people(number: int) -> None:
    _store([[(0, 0, "gap", "done")]] * number)
    with CaptureQueriesContext(connection) as asked:
        gaming(now=NOW)
    assert len(asked) == 1


KINDS = ("read", "talk", "practise", "watch")
PLANS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from([0, 3, 5, 9, 60 * 24 * 20, 60 * 24 * 21, 60 * 24 * 84, 60 * 24 * 85]),
            st.sampled_from([0, 4, 60 * 24]),
            st.sampled_from(["gap", "not_seen", "everyone", "shown"]),
            st.sampled_from(["to_do", "doing", "done", "done", "set_aside"]),
        ),
        min_size=4,
        max_size=4,
    ),
    max_size=5,
)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(plans=PLANS)
def test_it_says_what_a_reading_of_the_definition_says(acme: Company, plans: Any) -> None:
    with undone(), nothing_hidden():
        _store(plans)
        figures = gaming(now=NOW)
    judged = [_judged(plan) for plan in plans]
    expected = [
        (sum(met for met, base in signal if base), sum(base for _, base in signal))
        for signal in zip(*judged, strict=True)
    ]
    told = [
        (share.met or 0, share.of or 0)
        for signals in figures
        for share in (signals.fast_runs, signals.no_gap_first, signals.left_waiting)
    ]
    assert told == expected


Plan = list[tuple[int, int, str, str]]
"""Per step: minutes since it was done, minutes it took, its receipt and its state."""


def _store(plans: Sequence[Plan]) -> None:
    path = small_path("Small", *KINDS)
    for plan in plans:
        [person] = crowd(1)
        assignment = row_of(person, path, status="in_progress")
        for place, (ago, took, code, state) in zip(path.steps.all(), plan, strict=False):
            done_at = NOW - ago * MINUTE
            planned(
                assignment,
                place,
                receipt_code=code,
                state=state,
                started_at=done_at - took * MINUTE if state in ("doing", "done") else None,
                done_at=done_at if state == "done" else None,
            )


def _judged(plan: Plan) -> list[tuple[bool, bool]]:
    """Per signal, whether it shows and whether the plan is of those it is a share of."""
    done = sorted((-ago, place) for place, (ago, _, _, state) in enumerate(plan) if state == "done")
    window = -60 * 24 * 84
    fast = any(
        done[turn + 2][0] - done[turn][0] <= 10 and done[turn + 2][0] >= window
        for turn in range(len(done) - 2)
    )
    jumped = began = False
    if done:
        at, first = done[0]
        began = at >= window
        jumped = plan[first][2] in ("everyone", "shown") and any(
            code in ("gap", "not_seen")
            and state != "set_aside"
            and (state == "to_do" or -ago - took > at)
            for ago, took, code, state in plan[:first]
        )
    left = any(
        state == "to_do"
        and code in ("gap", "not_seen")
        and KINDS[place] in ("talk", "practise")
        and any(other > place and at <= -60 * 24 * 21 for at, other in done)
        for place, (_, _, code, state) in enumerate(plan)
    )
    return [(fast, any(at >= window for at, _ in done)), (jumped, began), (left, True)]
