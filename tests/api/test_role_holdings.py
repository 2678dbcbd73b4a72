"""Roles, and who has them, over REST."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from api.models import Scope
from learning.actions import hold_role
from learning.models import Path, Role, RoleHolding
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person
from tests.api.asking import Visit, ask, issue, send

HOLDINGS = "/api/v1/role-holdings"
SLUG = "account-executive"


@pytest.fixture
def client(acme: Company, visit: Visit, clock: Traveller) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.HOLDINGS_READ, Scope.HOLDINGS_WRITE])


@pytest.fixture
def role(sales_path: Path) -> Role:
    return sales_path.role


@pytest.fixture
def holding(lee: Person, role: Role, clock: Traveller) -> RoleHolding:
    return hold_role(person=lee, role=role, source=RoleHolding.Source.HAND)


def begin(client: Client, token: str, **members: Any) -> Any:
    return send(client, "post", HOLDINGS, token, members)


def end(client: Client, token: str, holding: RoleHolding, patch: Any, **options: Any) -> Any:
    return send(client, "patch", f"{HOLDINGS}/{holding.uid}", token, patch, **options)


def test_roles_are_listed(client: Client, token: str, role: Role) -> None:
    page = ask(client, "/api/v1/roles", token).json()
    assert page == {
        "roles": [{"uid": str(role.uid), "slug": SLUG, "name": role.name, "summary": role.summary}],
        "next": None,
    }
    wrong = ask(client, "/api/v1/roles", token, data={"name": "x"})
    assert wrong.status_code == 400


@pytest.mark.parametrize("key", ["uid", "external_id", "employee_number", "email"])
def test_role_is_given_by_any_key(
    client: Client, token: str, lee: Person, role: Role, key: str
) -> None:
    Person.objects.filter(pk=lee.pk).update(external_id="HR/1", employee_number="41")
    lee.refresh_from_db()
    named = {key: str(getattr(lee, key))}

    answer = begin(client, token, person=named, role={"slug": SLUG}, starts_on="2026-01-01")

    assert answer.status_code == 201
    holding = RoleHolding.objects.get()
    assert answer["Location"] == f"{HOLDINGS}/{holding.uid}"
    assert answer.json() == {
        "uid": str(holding.uid),
        "person": {
            "uid": str(lee.uid),
            "external_id": "HR/1",
            "employee_number": "41",
            "email": "lee.tanaka@acme.example",
        },
        "role": {"uid": str(role.uid), "slug": SLUG, "name": role.name},
        "starts_on": "2026-01-01",
        "ends_on": None,
        "source": "api",
    }
    read = ask(client, answer["Location"], token)
    assert (read.json(), read["ETag"]) == (answer.json(), answer["ETag"])


def test_role_is_given_from_today_where_nothing_is_said(
    client: Client, token: str, lee: Person, role: Role
) -> None:
    answer = begin(client, token, person={"email": lee.email}, role={"uid": str(role.uid)})
    assert answer.json()["starts_on"] == "2026-11-18"


def test_role_is_not_given_twice_at_a_time(
    client: Client, token: str, lee: Person, holding: RoleHolding
) -> None:
    answer = begin(client, token, person={"uid": str(lee.uid)}, role={"slug": SLUG})
    assert answer.status_code == 409
    assert "already" in answer.json()["detail"]
    assert RoleHolding.objects.count() == 1


@pytest.mark.parametrize(
    ("members", "pointer", "said"),
    [
        ({"person": None}, "#/person", "exactly one of"),
        ({"person": {"email": "nobody@acme.example"}}, "#/person/email", "nobody here"),
        ({"role": None}, "#/role", "exactly one of"),
        ({"role": {"slug": "astronaut"}}, "#/role/slug", "no role here"),
        ({"role": {"name": "Account executive"}}, "#/role", "exactly one of"),
        ({"starts_on": None}, "#/starts_on", "a day, like"),
        ({"starts_on": "18.11.2026"}, "#/starts_on", "not a day"),
        ({"starts_on": "20261118"}, "#/starts_on", "a day, like"),
        ({"starts_on": "2026-02-30"}, "#/starts_on", "not a day"),
        ({"ends_on": "2026-12-01"}, "#/ends_on", "no such member"),
        ({"source": "rule"}, "#/source", "no such member"),
    ],
)
def test_wrong_holding_is_told_where_and_writes_nothing(
    client: Client,
    token: str,
    lee: Person,
    role: Role,
    members: dict[str, Any],
    pointer: str,
    said: str,
) -> None:
    good = {"person": {"uid": str(lee.uid)}, "role": {"slug": SLUG}}
    answer = begin(client, token, **{**good, **members})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert said in answer.json()["errors"][0]["detail"]
    assert not RoleHolding.objects.exists()


def test_whoever_has_left_is_given_no_role(
    client: Client, token: str, lee: Person, role: Role
) -> None:
    Person.objects.filter(pk=lee.pk).update(employment_status=EmploymentStatus.TERMINATED)
    answer = begin(client, token, person={"uid": str(lee.uid)}, role={"slug": SLUG})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/person"


def test_holding_is_ended_and_stays(client: Client, token: str, holding: RoleHolding) -> None:
    tag = ask(client, f"{HOLDINGS}/{holding.uid}", token)["ETag"]
    answer = end(client, token, holding, {"ends_on": "2026-11-30"}, headers={"if-match": tag})
    assert answer.status_code == 200
    assert answer.json()["ends_on"] == "2026-11-30"
    stale = end(client, token, holding, {"ends_on": None}, headers={"if-match": tag})
    assert stale.status_code == 412
    assert end(client, token, holding, {"ends_on": None}).json()["ends_on"] is None
    assert send(client, "delete", f"{HOLDINGS}/{holding.uid}", token, "").status_code == 405
    assert RoleHolding.objects.count() == 1


@pytest.mark.parametrize(
    ("patch", "pointer", "said"),
    [
        ({"ends_on": "2026-11-17"}, "#/ends_on", "before the first"),
        ({"ends_on": "soon"}, "#/ends_on", "a day, like"),
        ({"ends_on": 20261130}, "#/ends_on", "a day, like"),
        ({"starts_on": "2026-11-01"}, "#/starts_on", "begin another"),
        ({"person": None}, "#/person", "begin another"),
        ({"end_on": "2026-11-30"}, "#/end_on", "Did you mean ends_on?"),
        ([], "#", "object"),
    ],
)
def test_wrong_end_is_told_where_and_writes_nothing(
    client: Client, token: str, holding: RoleHolding, patch: Any, pointer: str, said: str
) -> None:
    answer = end(client, token, holding, patch)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert said in answer.json()["errors"][0]["detail"]
    holding.refresh_from_db()
    assert holding.ends_on is None


def test_holding_that_would_overlap_goes_not_on(
    client: Client, token: str, holding: RoleHolding, lee: Person
) -> None:
    end(client, token, holding, {"ends_on": "2026-11-20"})
    begin(client, token, person={"uid": str(lee.uid)}, role={"slug": SLUG}, starts_on="2026-11-21")
    assert end(client, token, holding, {"ends_on": None}).status_code == 409


def test_holdings_are_found_by_person_role_and_time(
    client: Client, token: str, holding: RoleHolding, nia: Person, role: Role
) -> None:
    past = RoleHolding.objects.create(
        person=nia, role=role, starts_on="2025-01-01", ends_on="2026-11-17"
    )
    for query, found in (
        ({}, [holding, past]),
        ({"person": str(nia.uid)}, [past]),
        ({"role": SLUG}, [holding, past]),
        ({"role": str(role.uid), "current": "true"}, [holding]),
        ({"current": "false"}, [past]),
        ({"role": "astronaut"}, []),
    ):
        page = ask(client, HOLDINGS, token, data=query).json()
        assert [each["uid"] for each in page["role_holdings"]] == [str(each.uid) for each in found]
    for query in ({"current": "perhaps"}, {"person": "lee"}, {"persn": "x"}, {"after": "x"}):
        assert ask(client, HOLDINGS, token, data=query).status_code == 400


@pytest.mark.parametrize("method", ["get", "patch"])
def test_unknown_holding_is_not_found(client: Client, token: str, method: str) -> None:
    path = f"{HOLDINGS}/0199a1b2-0000-7000-8000-000000000001"
    assert send(client, method, path, token, {"ends_on": None}).status_code == 404


def test_list_costs_the_same_however_long(
    client: Client, token: str, role: Role, person: Any
) -> None:
    for number in range(60):
        somebody = person(f"P{number}", "Ek")
        RoleHolding.objects.create(person=somebody, role=role, starts_on="2026-01-01")
    ask(client, HOLDINGS, token)

    def queries(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            page = ask(client, HOLDINGS, token, data={"limit": limit, "current": "true"}).json()
        assert len(page["role_holdings"]) == limit
        return len(captured)

    assert queries(5) == queries(60) <= 5
