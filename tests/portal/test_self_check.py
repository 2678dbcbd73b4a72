"""Where am I? The skills of one's role, one at a time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.models import Assignment, Observation, Skill
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.portal.asking import BEGIN, PLAN, page_of, see
from tests.portal.cast import Assign, Visit


@pytest.fixture
def assignment(lee: Person, assign: Assign) -> Assignment:
    return assign(lee)


def test_the_first_page_says_how_many_how_long_and_who_sees_it(
    visit: Visit, acme: Company, lee: Person, assignment: Assignment
) -> None:
    page = visit(acme, lee).get(BEGIN).text
    assert "6 skills of your role, one at a time." in page
    assert "It takes less than 3 minutes." in page
    assert "Ada can see them, as your manager." in page
    assert "What Ada has seen you do at work counts more" in page
    assert "The learning team sees the levels" in page


def test_without_a_role_it_says_whom_to_ask(
    visit: Visit, acme: Company, ada: Person, lee: Person
) -> None:
    assert "Ask Ada, or whoever leads learning at Acme" in visit(acme, lee).get(BEGIN).text
    assert "Ask whoever leads learning at Acme" in visit(acme, ada).get(BEGIN).text
    assert visit(acme, lee).post(BEGIN)["Location"] == BEGIN
    assert "There is no plan to change." in visit(acme, lee).get(PLAN).text


def test_what_is_left_out_is_named_with_the_reason_and_can_be_answered_all_the_same(
    visit: Visit, acme: Company, ada: Person, lee: Person, assignment: Assignment
) -> None:
    see(lee, "demo", 2, by=ada, days=3)
    client = visit(acme, lee)
    page = client.get(BEGIN).text
    assert "5 skills of your role" in page
    assert "Seen at work in the last 60 days" in page
    assert "Ada saw it on 15 November" in page
    assert page_of("demo") in page
    assert "counts more than your answer" in client.get(page_of("demo")).text
    assert client.post(page_of("demo"), {"level": "1"})["Location"] == PLAN


def test_all_of_it_from_the_first_skill_to_the_plan(
    visit: Visit, acme: Company, lee: Person, assignment: Assignment
) -> None:
    client = visit(acme, lee)
    response = client.post(BEGIN)
    assert response["Location"] == page_of("discovery")
    page = client.get(response["Location"]).text
    assert "1 of 6" in page
    assert "Leaves every first call with the problem" in page
    for level in (2, 1, 0, 0, 0, 0):
        response = client.post(response["Location"], {"level": str(level)})
    assert response["Location"] == PLAN
    told = Observation.objects.order_by("pk").values_list("level", "context", "observer")
    assert list(told)[:2] == [(2, "Where am I?", lee.pk), (1, "Where am I?", lee.pk)]
    page = client.get(PLAN).text
    assert "Your plan has changed." in page
    assert "3 steps are set aside. 1 step comes later." in page
    assert "You already showed this: you said so on 18 November." in page
    assert "the role needs “on their own”" in page
    assert "0 of 11 steps" in page


def test_a_skill_can_be_skipped_and_nothing_is_written(
    visit: Visit, acme: Company, lee: Person, assignment: Assignment
) -> None:
    client = visit(acme, lee)
    client.post(BEGIN)
    page = client.get(page_of("discovery")).text
    assert f'href="{page_of("mutual-plan")}"' in page
    assert "I don’t know yet" in page
    page = client.get(PLAN).text
    assert "You have answered nothing today" in page
    assert "Not seen yet" in page
    assert not Observation.objects.exists()


def test_an_answer_of_today_is_shown_and_another_takes_its_place(
    visit: Visit, acme: Company, lee: Person, assignment: Assignment
) -> None:
    client = visit(acme, lee)
    for level in ("1", "1", "2"):
        client.post(page_of("discovery"), {"level": level})
    assert [o.level for o in Observation.objects.filter(withdrawn_at=None)] == [2]
    assert Observation.objects.count() == 2
    page = client.get(page_of("discovery")).text
    assert page.count("checked") == 1
    assert "Another answer takes its place." in page


def test_the_day_is_that_of_the_persons_own_calendar(
    visit: Visit, acme: Company, lee: Person, assignment: Assignment, clock: Traveller
) -> None:
    lee.time_zone = "Pacific/Auckland"
    lee.save()
    clock.shift(timedelta(hours=4))  # half past one on the 19th there
    visit(acme, lee).post(page_of("discovery"), {"level": "2"})
    assert Observation.objects.get().observed_on == TODAY + timedelta(days=1)


def test_a_skill_without_texts_shows_the_labels(
    visit: Visit, acme: Company, lee: Person, assignment: Assignment
) -> None:
    Skill.objects.update(not_seen="", with_help="", on_their_own="", coaches_others="")
    page = visit(acme, lee).get(page_of("demo")).text
    for label in ("Not yet", "With help", "On their own", "Coaches others"):
        assert label in page
    assert "looks" not in page


@pytest.mark.parametrize(("address", "cost"), [(BEGIN, 12), ("skill", 11), (PLAN, 16)])
def test_more_skills_and_steps_cost_no_more_queries(
    visit: Visit,
    acme: Company,
    ada: Person,
    lee: Person,
    assignment: Assignment,
    address: str,
    cost: int,
) -> None:
    see(lee, "discovery", 1, by=ada, days=70)
    see(lee, "demo", 1, by=ada, days=70)
    address = page_of("discovery") if address == "skill" else address
    client = visit(acme, lee)
    client.post(page_of("discovery"), {"level": "1"})
    client.get(address)  # the first request looks the host up
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))
        assignment.path.role.role_skills.exclude(skill__slug="discovery").delete()
        assignment.plan_steps.exclude(step__skills__slug="discovery").delete()
    assert costs == [cost, cost]
