"""New hires with a first win on a gap of their own by day 14, by cohort."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.actions import finish_step, pause, resume, withdraw
from learning.models import Assignment, Path
from learning.reports import first_wins
from learning.reports.first_wins import Cohort
from learning.reports.small_groups import Share
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import plan_of
from tests.pulse import (
    HIDDEN,
    berlin,
    crowd,
    figures,
    give,
)

HIRED = date(2026, 10, 5)  # a Monday; day 14 is 19 October
DAY_14 = date(2026, 10, 19)
pytestmark = pytest.mark.usefixtures("clock", "acme")


def hired(number: int, day: date = HIRED, **given: Any) -> list[Person]:
    return crowd(number, hired_on=day, **given)


def win(assignment: Assignment, at: datetime) -> None:
    """They finish the first quick win of their plan."""
    finish_step(plan_step=next(s for s in plan_of(assignment) if s.quick_win), now=at)


def on_path(path: Path, people: Sequence[Person], day: date = HIRED) -> list[Assignment]:
    return give(path, people, at=berlin(day, 9))


def told(day: date = HIRED, **given: Any) -> Cohort:
    """The cohort of the month of a day."""
    month = day.replace(day=1)
    return next(c for c in first_wins(now=NOW, **given).cohorts if c.month == month)


def test_three_of_five_won_and_four_people_are_no_cohort(sales_path: Path) -> None:
    october, september = hired(5), hired(4, date(2026, 9, 7))
    for assignment in on_path(sales_path, october)[:3]:
        win(assignment, berlin(date(2026, 10, 9)))
    for assignment in on_path(sales_path, september, date(2026, 9, 7)):
        win(assignment, berlin(date(2026, 9, 9)))
    assert told(date(2026, 9, 7)) == Cohort(date(2026, 9, 1), HIDDEN, HIDDEN)
    assert told() == Cohort(date(2026, 10, 1), HIDDEN, HIDDEN)  # else September is the difference
    assert first_wins(now=NOW).won == Share(7, 9, 9)
    hired(1, date(2026, 9, 7))
    assert told(date(2026, 9, 7)).won == Share(4, 5, 5)
    assert told().won == Share(3, 5, 5)


def test_who_was_given_no_path_is_a_hire_all_the_same(sales_path: Path) -> None:
    on_path(sales_path, hired(5)[:2])
    assert (told().won, told().on_a_path) == (Share(0, 5, 5), Share(2, 5, 5))


def test_four_hires_in_a_year_leave_no_number_at_all(sales_path: Path) -> None:
    for assignment in on_path(sales_path, hired(4)):
        win(assignment, berlin(date(2026, 10, 9)))
    assert all(figure.hidden for figure in figures(first_wins(now=NOW)))


@pytest.mark.parametrize(
    ("at", "won"),
    [
        (berlin(HIRED, 9, 30), 5),
        (berlin(DAY_14, 23, 59), 5),  # 21:59 in UTC
        (berlin(DAY_14 + timedelta(days=1), 0, 1), 0),  # still day 14 in UTC
        (berlin(DAY_14 + timedelta(days=1)), 0),
    ],
)
def test_day_14_ends_at_midnight_where_the_company_is(sales_path: Path, at, won) -> None:
    for assignment in on_path(sales_path, hired(5)):
        win(assignment, at)
    assert told().won == Share(won, 5, 5)


def test_nobody_counts_before_their_days_are_over(sales_path: Path) -> None:
    fifteen, fourteen = TODAY - timedelta(days=15), TODAY - timedelta(days=14)
    for day in (fifteen, fourteen):
        for assignment in on_path(sales_path, hired(5, day), day):
            win(assignment, berlin(day))
    assert first_wins(now=NOW).won == Share(5, 5, 5)
    tonight = berlin(TODAY + timedelta(days=1), 0, 1)  # in UTC, it is still today
    assert first_wins(now=tonight).won == Share(10, 10, 10)


def test_a_quick_win_that_everybody_does_is_no_win_on_a_gap_of_ones_own(sales_path: Path) -> None:
    sales_path.steps.filter(quick_win=True).update(keep="always")
    for assignment in on_path(sales_path, hired(5)):
        win(assignment, berlin(date(2026, 10, 9)))
        assignment.refresh_from_db()
        assert assignment.first_win_at
    assert told().won == Share(0, 5, 5)


def test_a_step_that_is_no_quick_win_is_no_win(sales_path: Path) -> None:
    for assignment in on_path(sales_path, hired(5)):
        step = next(s for s in plan_of(assignment) if not s.quick_win and s.receipt_code != "shown")
        finish_step(plan_step=step, now=berlin(date(2026, 10, 9)))
    assert told().won == Share(0, 5, 5)


def test_a_path_given_too_late_is_none_by_day_14_and_its_win_does_not_count(
    sales_path: Path,
) -> None:
    for assignment in on_path(sales_path, hired(5), date(2026, 10, 21)):
        win(assignment, berlin(date(2026, 10, 22)))
    assert (told().won, told().on_a_path) == (Share(0, 5, 5), Share(0, 5, 5))


def test_the_clock_stands_still_in_a_pause(sales_path: Path) -> None:
    assignments = on_path(sales_path, hired(6))
    ids = [assignment.person_id for assignment in assignments]
    pause(people=ids, now=berlin(date(2026, 10, 12)))
    assert first_wins(now=NOW).won == HIDDEN  # nobody's days are over
    resume(people=ids, now=berlin(date(2026, 10, 26)))  # 14 days later: day 14 is 2 November
    for assignment, day in zip(assignments, (1, 2, 3), strict=False):
        win(assignment, berlin(date(2026, 11, day)))
    assert told().won == Share(2, 6, 6)


def test_who_left_within_their_days_is_not_counted_and_who_left_later_is(sales_path: Path) -> None:
    on_path(sales_path, hired(5))
    for day in (HIRED, DAY_14):
        hired(1, employment_status="terminated", ended_on=day)
    assert told().won == Share(0, 5, 5)
    hired(1, employment_status="terminated", ended_on=DAY_14 + timedelta(days=1))
    assert told().won == Share(0, 6, 6)


def test_who_is_paused_since_later_is_counted(sales_path: Path) -> None:
    people = hired(5)
    on_path(sales_path, people)
    pause(people=[person.pk for person in people], now=berlin(DAY_14 + timedelta(days=1)))
    assert told().won == Share(0, 5, 5)


def test_a_win_counts_though_the_path_was_withdrawn_since(sales_path: Path) -> None:
    for assignment in (assignments := on_path(sales_path, hired(5))):
        win(assignment, berlin(date(2026, 10, 9)))
    withdraw(assignments=assignments)
    assert (told().won, told().on_a_path) == (Share(5, 5, 5), Share(0, 5, 5))


def test_who_comes_back_is_of_the_cohort_of_that_month_with_a_new_clock(sales_path: Path) -> None:
    again = hired(5, date(2026, 2, 2), rehired_on=HIRED, ended_on=date(2026, 5, 31))
    for assignment in on_path(sales_path, again, date(2026, 2, 2))[:1]:
        win(assignment, berlin(date(2026, 2, 4)))
    assert told(date(2026, 2, 2)).won == HIDDEN
    assert told().won == Share(0, 5, 5)


def test_who_starts_later_and_who_was_hired_long_ago_are_not_counted() -> None:
    hired(5, date(2025, 11, 30))
    hired(5, employment_status="prehire")
    crowd(5)
    assert first_wins(now=NOW).won == HIDDEN
    hired(5, date(2025, 12, 1))
    assert first_wins(now=NOW).won == Share(0, 5, 5)
    assert [c.month for c in first_wins(now=NOW, months=3).cohorts] == [
        date(2026, 9, 1),
        date(2026, 10, 1),
        date(2026, 11, 1),
    ]


def test_another_company_s_hires_are_not_ours(acme: Company, globex: Company) -> None:
    with working_for(globex):
        hired(5)
        assert first_wins(now=NOW).won == Share(0, 5, 5)
    assert first_wins(now=NOW).won == HIDDEN


@pytest.mark.parametrize("number", [3, 30])
def test_it_is_one_query_however_many_people(sales_path: Path, number: int) -> None:
    on_path(sales_path, hired(number))
    with CaptureQueriesContext(connection) as asked:
        first_wins(now=NOW)
    assert len(asked) == 1
