from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import Traveller

from learning.actions import finish_step, observe, pause
from learning.markdown import render
from learning.models import Assignment, Observation, Skill
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import Assign, Visit


def page_of(visit: Visit, acme: Company, person: Person) -> str:
    response = visit(acme, person).get("/path/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_framing_is_on_top_and_every_step_says_why(
    visit: Visit, acme: Company, lee: Person, assign: Assign
) -> None:
    assignment = assign(lee)
    page = page_of(visit, acme, lee)
    assert assignment.framing in page
    assert "0 of 14 steps" in page
    assert "not seen yet. Start here and we will find out." in page
    assert page.index(assignment.framing) < page.index("Next")


def test_set_aside_steps_are_folded_with_the_reason(
    visit: Visit, acme: Company, ada: Person, lee: Person, assign: Assign
) -> None:
    observe(
        person=lee,
        skill=Skill.objects.get(slug="discovery"),
        level=2,
        source=Observation.Source.MANAGER,
        observer=ada,
        observed_on=date(2026, 5, 3),
    )
    assign(lee)
    page = page_of(visit, acme, lee)
    folded = page[page.index("<details") :]
    assert "You already showed this: Ada saw it on 3 May." in folded
    assert "were set aside for you" in folded


def test_a_new_hire_sees_the_clock_run_and_then_the_win(
    visit: Visit, acme: Company, nia: Person, assign: Assign
) -> None:
    assignment = assign(nia)
    assert "Day 4 of 14" in page_of(visit, acme, nia)
    finish_step(plan_step=assignment.plan_steps.filter(quick_win=True).earliest("position"))
    page = page_of(visit, acme, nia)
    assert "First win on 18 November." in page
    assert "Day 4 of 14" not in page
    assert "1 of 14 steps" in page


def test_a_clock_that_ran_out_stays_silent(
    visit: Visit, acme: Company, nia: Person, assign: Assign, clock: Traveller
) -> None:
    assign(nia)
    clock.shift(timedelta(days=11))
    assert "to a first win" not in page_of(visit, acme, nia)


def test_the_clock_is_read_on_the_persons_own_calendar(
    visit: Visit, acme: Company, nia: Person, assign: Assign, clock: Traveller
) -> None:
    assign(nia)
    clock.shift(timedelta(hours=15))  # 23:30 in London, half past midnight in Berlin
    assert "Day 5 of 14" in page_of(visit, acme, nia)
    nia.time_zone = "Europe/London"
    nia.save()
    assert "Day 4 of 14" in page_of(visit, acme, nia)


def test_a_paused_path_asks_for_nothing(
    visit: Visit, acme: Company, lee: Person, assign: Assign
) -> None:
    assign(lee)
    pause(people=[lee.pk], now=timezone.now())
    page = page_of(visit, acme, lee)
    assert "Paused: it goes on where it stood." in page
    assert "I am starting this" not in page


def test_a_completed_path_is_named_and_a_withdrawn_one_is_not(
    visit: Visit, acme: Company, lee: Person, assign: Assign
) -> None:
    assignment = assign(lee)
    for plan_step in assignment.plan_steps.all():
        finish_step(plan_step=plan_step)
    page = page_of(visit, acme, lee)
    assert "You are through." in page
    assert "18 November" in page
    Assignment.objects.update(status=Assignment.Status.WITHDRAWN)
    assert "No path yet." in page_of(visit, acme, lee)


def test_without_a_path_it_says_where_one_will_be(visit: Visit, acme: Company, lee: Person) -> None:
    assert "No path yet." in page_of(visit, acme, lee)


def test_nobody_sees_somebody_elses_path(
    visit: Visit, acme: Company, ada: Person, lee: Person, nia: Person, assign: Assign
) -> None:
    assign(lee)
    for other in (ada, nia):
        assert "close deals faster" not in page_of(visit, acme, other)


def test_a_path_of_six_open_steps_costs_as_much_as_one_of_two(
    visit: Visit, acme: Company, lee: Person, assign: Assign
) -> None:
    assignment = assign(lee)
    client = visit(acme, lee)
    client.get("/path/")  # the first request looks the host up
    costs = []
    for size in (6, 2):
        keep = assignment.plan_steps.values_list("pk", flat=True)[:size]
        assignment.plan_steps.exclude(pk__in=list(keep)).delete()
        with CaptureQueriesContext(connection) as queries:
            assert f"0 of {size} steps" in client.get("/path/").content.decode()
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("written", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[press](javascript:alert(1))", "href"),
        ("[press](data:text/html;base64,PHN2Zz4=)", "href"),
        ('[press](https://x.example/" onmouseover="alert(1))', "<a"),
    ],
)
def test_markdown_runs_nothing(written: str, never: str) -> None:
    assert never not in render(written)


def test_who_has_shown_everything_is_told_that_there_is_nothing_to_do(
    visit: Visit, acme: Company, ada: Person, lee: Person, assign: Assign
) -> None:
    assignment = assign(lee)
    for skill in assignment.path.role.role_skills.select_related("skill"):
        observe(
            person=lee,
            skill=skill.skill,
            level=3,
            source=Observation.Source.MANAGER,
            observer=ada,
            observed_on=date(2026, 5, 3),
        )
    assert "there is nothing to do" not in page_of(visit, acme, lee)  # but what everybody does
    assignment.plan_steps.filter(step__step_skills=None).update(state="set_aside")
    assert "there is nothing to do" in page_of(visit, acme, lee)
