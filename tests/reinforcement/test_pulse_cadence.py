"""Which managers talk with their people: today, by team, and over weeks."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.actions import pause, resume, withdraw
from learning.models import Path
from learning.reports.small_groups import Share
from reinforcement.actions import answer, hold_conversation, write_due_briefs
from reinforcement.models import BriefItem
from reinforcement.reports import cadence
from reinforcement.reports.cadence import Talking, Team
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Department, Person
from tests.conftest import NOW, TODAY
from tests.pulse import (
    BERLIN,
    HIDDEN,
    berlin,
    crowd,
    figures,
    give,
    small_path,
)
from tests.reinforcement.cast import DUE

NOBODY = Talking(HIDDEN, HIDDEN)
LAST_SUNDAY = date(2026, 11, 15)
pytestmark = pytest.mark.usefixtures("clock", "acme")


def lead(path: Path, number: int = 5, reports: int = 1, **given: Any) -> list[Person]:
    """Managers with so many reports each, who have the path since ten weeks ago."""
    managers = crowd(number, **given)
    people = [person for manager in managers for person in crowd(reports, manager=manager)]
    give(path, people, at=NOW - timedelta(weeks=10))
    return managers


def talk(manager: Person, *, ago: int = 0, now: datetime = NOW, note: str = "") -> None:
    """With each of their people, so many days ago."""
    for report in manager.reports.all():
        day = now.astimezone(BERLIN).date() - timedelta(days=ago)
        hold_conversation(
            manager=manager, report=report, via="portal", held_on=day, note=note, now=now
        )


def talking(
    of: int, managers: int, pairs: int | None = None, of_pairs: int | None = None
) -> Talking:
    """So many of so many managers, and of their pairs; one each unless told."""
    pairs, of_pairs = managers if pairs is None else pairs, of if of_pairs is None else of_pairs
    return Talking(Share(managers, of, of), Share(pairs, of_pairs, of))


def today(now: datetime = NOW) -> Talking:
    return cadence(now=now).today.talking


def test_a_manager_counts_who_talked_with_every_report(sales_path: Path) -> None:
    all_of_them, one_of_them, *_ = lead(sales_path, 6, reports=2)
    talk(all_of_them)
    report = one_of_them.reports.all()[0]
    hold_conversation(manager=one_of_them, report=report, via="mail")
    assert today() == talking(6, 1, pairs=3, of_pairs=12)


def test_four_managers_are_hidden_however_many_reports_they_have(sales_path: Path) -> None:
    for manager in lead(sales_path, 4, reports=3):
        talk(manager)
    assert all(figure.hidden for figure in figures(cadence(now=NOW)))


@pytest.mark.parametrize(("ago", "talked"), [(0, 5), (14, 5), (15, 0)])
def test_a_conversation_counts_for_fourteen_days(sales_path: Path, ago: int, talked: int) -> None:
    for manager in lead(sales_path):
        talk(manager, ago=ago)
    assert today() == talking(5, talked)


def test_the_fifteenth_day_begins_at_midnight_where_the_company_is(sales_path: Path) -> None:
    for manager in lead(sales_path):
        talk(manager, ago=14)
    assert today(berlin(TODAY, 23, 59)) == talking(5, 5)
    assert today(berlin(TODAY + timedelta(days=1), 0, 1)) == talking(5, 0)  # still today in UTC


def test_a_manager_s_day_can_be_ahead_of_the_company_s(sales_path: Path) -> None:
    for manager in lead(sales_path, time_zone="Pacific/Auckland"):
        report = manager.reports.get()
        late = berlin(TODAY, 20)
        held = hold_conversation(manager=manager, report=report, via="portal", now=late)
        assert held.held_on == TODAY + timedelta(days=1)
    assert today(berlin(TODAY, 20)) == talking(5, 5)


def test_an_answer_to_a_question_is_no_conversation(sales_path: Path) -> None:
    lead(sales_path)
    write_due_briefs(now=DUE)
    for item in BriefItem.objects.select_related("brief__manager", "question"):
        assert item.question
        choice = item.question.choices.all()[0]
        answer(item=item, choice=choice, via="portal", actor=item.brief.manager, now=DUE)
    assert BriefItem.objects.filter(answer__isnull=False).count() == 5
    assert today() == talking(5, 0)


def test_whoever_is_away_or_has_no_running_path_is_in_no_pair(sales_path: Path) -> None:
    on_leave, left, paused, withdrawn, done, *others = lead(sales_path, 10)
    for manager, status in ((on_leave, "leave"), (left, "terminated")):
        Person.objects.filter(manager=manager).update(employment_status=status)
    pause(people=[paused.reports.get().pk], now=NOW)
    withdraw(assignments=withdrawn.reports.get().assignments.all())
    done.reports.get().assignments.update(status="completed")
    assert today() == talking(5, 0)
    Person.objects.filter(pk=others[0].pk).update(employment_status="leave")
    assert today() == NOBODY


def test_who_leads_nobody_who_learns_is_not_counted(sales_path: Path) -> None:
    lead(sales_path)
    for manager in crowd(3):
        crowd(2, manager=manager)
    assert today() == talking(5, 0)


def test_a_new_manager_has_not_talked_yet_and_the_past_does_not_darken(sales_path: Path) -> None:
    managers = lead(sales_path)
    for manager in managers:
        talk(manager, ago=4)
    [new] = crowd(1)
    managers[0].reports.update(manager=new)
    figure = cadence(now=NOW)
    assert figure.today.talking == talking(5, 4)
    assert figure.weeks[-1].talking == talking(5, 5)


def test_teams_are_told_apart_and_a_small_one_takes_another_with_it(sales_path: Path) -> None:
    sales, service, board = (Department.objects.create(name=n) for n in ("Sales", "Service", "Z"))
    for manager in lead(sales_path, 6, department=sales)[:2]:
        talk(manager)
    for manager in lead(sales_path, 5, department=service)[:3]:
        talk(manager)
    lead(sales_path, 7)
    assert cadence(now=NOW).today.teams == (
        Team("Sales", talking(6, 2)),
        Team("Service", talking(5, 3)),
        Team("", talking(7, 0)),
    )
    lead(sales_path, 4, department=board)
    assert cadence(now=NOW).today.teams == (
        Team("Sales", talking(6, 2)),
        Team("Service", NOBODY),  # else the board is what is left of everybody
        Team("Z", NOBODY),
        Team("", talking(7, 0)),
    )
    assert today() == talking(22, 5)


def test_the_trend_is_of_the_last_days_of_the_weeks_that_are_over(sales_path: Path) -> None:
    managers = lead(sales_path)
    for manager in managers:
        talk(manager, ago=14, now=berlin(LAST_SUNDAY))
    figure = cadence(now=NOW)
    assert [day.day for day in figure.weeks] == [
        LAST_SUNDAY - timedelta(weeks=ago) for ago in reversed(range(12))
    ]
    assert [day.week for day in (*figure.weeks[-1:], figure.today)] == [(2026, 46), (2026, 47)]
    assert [day.talking for day in figure.weeks] == [
        *[NOBODY] * 2,  # the path was given ten weeks ago
        *[talking(5, 0)] * 7,
        *[talking(5, 5)] * 3,
    ]
    assert figure.today.talking == talking(5, 0)


def test_what_was_paused_then_is_no_pair_of_that_week(sales_path: Path) -> None:
    managers = lead(sales_path, 5)
    people = [manager.reports.get().pk for manager in managers]
    pause(people=people, now=berlin(LAST_SUNDAY - timedelta(weeks=3, days=-1)))
    resume(people=people, now=berlin(LAST_SUNDAY, 23, 59))
    withdraw(
        assignments=managers[0].reports.get().assignments.all(), now=berlin(LAST_SUNDAY, 23, 59)
    )
    assert [day.talking for day in cadence(now=NOW).weeks[-4:]] == [
        talking(5, 0),
        NOBODY,
        NOBODY,
        NOBODY,
    ]
    lead(sales_path, 1)
    assert cadence(now=NOW).weeks[-1].talking == talking(5, 0)


def test_who_was_yet_to_come_is_in_no_pair(sales_path: Path) -> None:
    for manager in lead(sales_path):
        manager.reports.update(hired_on=LAST_SUNDAY)
    assert [day.talking for day in cadence(now=NOW).weeks[-2:]] == [NOBODY, talking(5, 0)]


def test_on_a_sunday_its_own_week_is_not_over(sales_path: Path) -> None:
    lead(sales_path)
    figure = cadence(now=berlin(LAST_SUNDAY), weeks=2)
    assert figure.today.day == LAST_SUNDAY
    assert [day.day for day in figure.weeks] == [
        LAST_SUNDAY - timedelta(weeks=2),
        LAST_SUNDAY - timedelta(weeks=1),
    ]


def test_another_company_s_managers_are_not_ours(globex: Company) -> None:
    with working_for(globex):
        lead(small_path("Small", "read"))
        assert today() == talking(5, 0)
    assert today() == NOBODY


@pytest.mark.parametrize("number", [3, 30])
def test_it_is_one_query_however_many_people(sales_path: Path, number: int) -> None:
    lead(sales_path, number)
    with CaptureQueriesContext(connection) as asked:
        cadence(now=NOW)
    assert len(asked) == 1
