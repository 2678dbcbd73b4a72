"""Levels leave by the API only once managers calibrated them together."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from api.models import Scope
from learning.actions import observe
from learning.models import (
    GOOD_FOR,
    CalibratedLevel,
    Observation,
    Path,
    Role,
    Skill,
)
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person
from tests.api.asking import FEED, Visit, ask, issue
from tests.conftest import NOW, TODAY
from tests.learning.calibrating import AGREED, calibrated

LEVELS = "/api/v1/skill-levels"
PROBLEM = "urn:throughline:problem:not-calibrated"
AGO = timedelta(days=20)


@pytest.fixture
def client(acme: Company, visit: Visit, clock: Traveller) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.LEVELS_READ])


@pytest.fixture
def role(sales_path: Path) -> Role:
    return sales_path.role


@pytest.fixture
def skill(role: Role) -> Skill:
    return role.role_skills.order_by("pk")[0].skill


def see(person: Person, skill: Skill, level: int, by: Person | None) -> None:
    observe(
        person=person,
        skill=skill,
        level=level,
        source=Observation.Source.MANAGER if by else Observation.Source.SELF,
        observer=by or person,
        observed_on=TODAY,
    )


def levels(client: Client, token: str, **query: Any) -> list[dict[str, Any]]:
    answer = ask(client, LEVELS, token, data=query)
    assert answer.status_code == 200, answer.content
    return list(answer.json()["skill_levels"])


def refused(client: Client, token: str, path: str = LEVELS, **query: Any) -> str:
    """The reason that 409 gives."""
    answer = ask(client, path, token, data=query)
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == PROBLEM
    return str(answer.json()["detail"])


def test_levels_that_nobody_calibrated_are_refused_with_the_reason(
    client: Client, token: str, lee: Person, ada: Person, skill: Skill
) -> None:
    see(lee, skill, 2, by=ada)
    told = refused(client, token)
    assert "only once managers have calibrated them together" in told
    assert "on their own" not in told


def test_calibrated_level_is_given_with_its_day_and_session(
    client: Client, token: str, lee: Person, role: Role, skill: Skill
) -> None:
    session = calibrated(role, lee, at=NOW - AGO)
    level = CalibratedLevel.objects.get()
    assert levels(client, token) == [
        {
            "uid": str(level.uid),
            "person": {
                "uid": str(lee.uid),
                "external_id": None,
                "employee_number": None,
                "email": "lee.tanaka@acme.example",
            },
            "role": {"uid": str(role.uid), "slug": role.slug, "name": role.name},
            "skill": {"uid": str(skill.uid), "slug": skill.slug, "name": skill.name},
            "level": 2,
            "label": "on their own",
            "meaning": AGREED,
            "calibration": str(session.uid),
            "calibrated_at": "2026-10-29T08:30:00Z",
            "good_until": "2027-04-27T08:30:00Z",
            "seen_since": None,
        }
    ]


def test_what_was_seen_since_is_not_told_but_that_it_was(
    client: Client, token: str, lee: Person, ada: Person, role: Role, skill: Skill
) -> None:
    calibrated(role, lee, at=NOW - AGO)
    see(lee, skill, 3, by=None)
    assert levels(client, token)[0]["seen_since"] is None
    see(lee, skill, 3, by=ada)
    [told] = levels(client, token)
    assert (told["level"], told["seen_since"]) == (2, "2026-11-18")


def test_level_that_is_too_old_is_not_given_until_it_is_calibrated_again(
    client: Client, token: str, lee: Person, role: Role
) -> None:
    calibrated(role, lee, at=NOW - GOOD_FOR)
    told = refused(client, token, person=str(lee.uid))
    assert "last on 2026-05-22" in told
    assert "180 days" in told
    calibrated(role, lee, level=3, at=NOW - timedelta(days=1))
    assert [each["level"] for each in levels(client, token)] == [3]


def test_the_latest_session_counts_and_whoever_left_is_not_told_of(
    client: Client, token: str, lee: Person, nia: Person, role: Role
) -> None:
    calibrated(role, lee, nia, at=NOW - 2 * AGO)
    calibrated(role, lee, level=1, at=NOW - AGO)
    assert [(each["person"]["uid"], each["level"]) for each in levels(client, token)] == [
        (str(nia.uid), 2),
        (str(lee.uid), 1),
    ]
    Person.objects.filter(pk=nia.pk).update(employment_status=EmploymentStatus.TERMINATED)
    assert [each["level"] for each in levels(client, token)] == [1]


def test_levels_are_found_by_person_role_and_skill(
    client: Client, token: str, lee: Person, nia: Person, role: Role, skill: Skill
) -> None:
    calibrated(role, lee, nia, at=NOW - AGO)
    for query, number in (
        ({"person": str(nia.uid)}, 1),
        ({"role": role.slug}, 2),
        ({"role": str(role.uid), "skill": skill.slug}, 2),
        ({"skill": str(skill.uid), "person": str(lee.uid)}, 1),
    ):
        assert len(levels(client, token, **query)) == number
    another = str(role.role_skills.order_by("pk")[1].skill.slug)
    for query in ({"role": "astronaut"}, {"skill": another}, {"person": str(role.uid)}):
        assert "calibrated for this yet" in refused(client, token, **query)
    for query in ({"person": "lee"}, {"persn": "x"}, {"after": "x"}, {"include": "raw"}):
        assert ask(client, LEVELS, token, data=query).status_code == 400


def test_pages_end_with_nothing_rather_than_a_refusal(
    client: Client, token: str, lee: Person, nia: Person, role: Role
) -> None:
    calibrated(role, lee, nia, at=NOW - AGO)
    first = ask(client, LEVELS, token, data={"limit": 1}).json()
    assert first["next"]
    CalibratedLevel.objects.filter(person=nia).delete()
    after = ask(client, LEVELS, token, data={"limit": 1, "after": first["next"]})
    assert after.json() == {"skill_levels": [], "next": None}


@pytest.mark.parametrize(
    "query",
    [
        {"include": "levels"},
        {"fields": "uid,level"},
        {"expand": "skill_level"},
        {"include": "ratings"},
        {"level": "2"},
        {"with_levels": "true"},
        {"minScore": "1"},
        {"filter[level]": "2"},
    ],
)
def test_learning_is_not_joined_to_levels(
    client: Client, lee: Person, role: Role, assign: Any, query: dict[str, str]
) -> None:
    """Not even where they are calibrated."""
    calibrated(role, lee, at=NOW - AGO)
    token, one = issue(), assign(lee)
    for path in (FEED, "/api/v1/assignments", f"/api/v1/assignments/{one.uid}"):
        told = refused(client, token, path, **query)
        assert "would come to stand for a rating" in told
        assert LEVELS in told


def test_what_asks_for_something_else_is_refused_as_before(client: Client) -> None:
    for query in ({"include": "people"}, {"fields": "uid"}, {"limt": "1"}):
        assert ask(client, FEED, issue(), data=query).status_code == 400


def test_list_costs_the_same_however_long(
    client: Client, token: str, role: Role, person: Any
) -> None:
    people = [person(f"P{number}", "Ek") for number in range(40)]
    calibrated(role, *people, at=NOW - AGO)
    ask(client, LEVELS, token)

    def queries(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(levels(client, token, limit=limit)) == limit
        return len(captured)

    assert queries(5) == queries(40) <= 3
