"""What a self-check refuses, and what reading it leaves alone."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import hold_role
from learning.models import Assignment, Observation, Path, PlanStep, RoleHolding, Skill
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.portal.asking import BEGIN, PLAN, page_of
from tests.portal.cast import Assign, Visit


@pytest.fixture
def assignment(lee: Person, assign: Assign) -> Assignment:
    return assign(lee)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose what comes closest"),
        ({"level": ""}, "Choose what comes closest"),
        ({"level": "4"}, "not one of the four levels"),
        ({"level": "-1"}, "not one of the four levels"),
        ({"level": "²"}, "not one of the four levels"),
        ({"level": "None"}, "not one of the four levels"),
    ],
)
def test_a_bad_answer_keeps_the_page_and_says_what_is_wrong(
    visit: Visit,
    acme: Company,
    lee: Person,
    assignment: Assignment,
    sent: dict[str, str],
    told: str,
) -> None:
    response = visit(acme, lee).post(page_of("discovery"), sent)
    assert response.status_code == 400
    assert told in response.text
    assert 'aria-describedby="error"' in response.text
    assert "1 of 6" in response.text
    assert not Observation.objects.exists()


def test_only_skills_of_ones_own_roles_are_there(
    visit: Visit,
    acme: Company,
    globex: Company,
    ada: Person,
    lee: Person,
    gus: Person,
    assignment: Assignment,
) -> None:
    other = Skill.objects.create(slug="other", name="Something else")
    mine = page_of("discovery")
    lees = visit(acme, lee)
    for address in (f"/where-am-i/{other.uid}/", f"/where-am-i/{uuid.uuid4()}/", "/where-am-i/1/"):
        assert lees.get(address).status_code == 404
        assert lees.post(address, {"level": "1"}).status_code == 404
    for company, person in ((acme, ada), (globex, gus)):
        client = visit(company, person)
        assert client.get(mine).status_code == 404
        assert client.post(mine, {"level": "1"}).status_code == 404
    for address in (BEGIN, mine, PLAN):
        assert "/login/" in visit(acme).get(address)["Location"]
    with working_for(acme):
        assert not Observation.objects.exists()


def test_an_ended_role_is_not_asked(
    visit: Visit, acme: Company, lee: Person, sales_path: Path, clock: Traveller
) -> None:
    hold_role(person=lee, role=sales_path.role, source=RoleHolding.Source.HAND)
    client = visit(acme, lee)
    assert client.get(page_of("discovery")).status_code == 200
    RoleHolding.objects.update(ends_on=TODAY)
    clock.shift(timedelta(days=1))
    assert client.get(page_of("discovery")).status_code == 404


def test_reading_writes_nothing(
    visit: Visit, acme: Company, lee: Person, assignment: Assignment
) -> None:
    client = visit(acme, lee)
    before = (list(Session.objects.values()), list(PlanStep.objects.values()))
    for address in (BEGIN, page_of("discovery"), PLAN):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
            assert client.head(address).status_code == 200
        assert not [q for q in queries if not q["sql"].startswith(("SELECT", "SET"))]
    assert (list(Session.objects.values()), list(PlanStep.objects.values())) == before
    assert client.post(PLAN).status_code == 405
