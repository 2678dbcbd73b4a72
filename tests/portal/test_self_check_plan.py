"""The end of a self-check: the plan, and what moved in it."""

from datetime import timedelta

import pytest
from time_machine import Traveller

from learning.models import Assignment, Skill
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.asking import BEGIN, PLAN, page_of, see
from tests.portal.cast import Assign, Visit


@pytest.fixture
def assignment(lee: Person, assign: Assign) -> Assignment:
    return assign(lee)


def test_a_managers_view_keeps_the_plan_and_the_page_says_so(
    visit: Visit, acme: Company, ada: Person, lee: Person, assignment: Assignment
) -> None:
    see(lee, "discovery", 1, by=ada, days=70)
    client = visit(acme, lee)
    client.post(BEGIN)
    client.post(page_of("discovery"), {"level": "3"})
    page = client.get(PLAN).text
    assert "Your plan stays as it is." in page
    assert "show it to Ada, and the plan follows" in page
    assert "You say “coaches others”: worth a talk." in page
    assert "Ada saw it on 9 September" in page


def test_where_the_answer_moves_nothing_the_page_says_it_fits(
    visit: Visit, acme: Company, lee: Person, assignment: Assignment
) -> None:
    client = visit(acme, lee)
    client.post(BEGIN)
    client.post(page_of("discovery"), {"level": "0"})
    assert "What you said fits the plan you had" in client.get(PLAN).text


def test_long_after_it_began_the_plan_is_just_shown(
    visit: Visit, acme: Company, lee: Person, assignment: Assignment, clock: Traveller
) -> None:
    client = visit(acme, lee)
    assert "Your plan, as it is now" in client.get(PLAN).text
    client.post(page_of("discovery"), {"level": "2"})
    assert "Your plan has changed." in client.get(PLAN).text
    clock.shift(timedelta(hours=4))
    page = client.get(PLAN).text
    assert "Your plan, as it is now" in page
    assert assignment.framing in page


def test_a_path_that_the_answers_complete_is_still_told(
    visit: Visit, acme: Company, lee: Person, assignment: Assignment
) -> None:
    Assignment.objects.update(status=Assignment.Status.IN_PROGRESS)
    discovery = ("three-question-opener", "cost-of-the-problem")
    assignment.plan_steps.exclude(step__slug__in=discovery).delete()
    client = visit(acme, lee)
    client.post(BEGIN)
    client.post(page_of("discovery"), {"level": "2"})
    assert Assignment.objects.get().status == Assignment.Status.COMPLETED
    assert "2 steps are set aside." in client.get(PLAN).text


def test_it_goes_on_with_what_has_no_answer_and_still_tells_all_that_moved(
    visit: Visit, acme: Company, lee: Person, assignment: Assignment
) -> None:
    client = visit(acme, lee)
    client.post(BEGIN)
    client.post(page_of("discovery"), {"level": "2"})
    assert "Go on" in client.get(BEGIN).text
    assert client.post(BEGIN)["Location"] == page_of("mutual-plan")
    assert "2 steps are set aside." in client.get(PLAN).text


def test_my_path_asks_where_steps_wait_because_nobody_has_seen_anything(
    visit: Visit, acme: Company, ada: Person, lee: Person, assignment: Assignment
) -> None:
    client = visit(acme, lee)
    told = "nobody has seen yet what you can do"
    assert told in client.get("/path/").text
    for skill in Skill.objects.filter(role_skills__role=assignment.path.role):
        see(lee, skill.slug, 1, by=ada)
    page = client.get("/path/").text
    assert told not in page
    assert f'href="{BEGIN}"' in page  # in the navigation
