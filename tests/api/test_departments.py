"""Departments over REST."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.models import Scope
from tenants.companies.models import Company
from tenants.people.models import Department, Person
from tests.api.asking import Visit, ask, issue, send
from tests.people.hris import Sync, row

DEPARTMENTS = "/api/v1/departments"


@pytest.fixture
def client(acme: Company, visit: Visit) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.PEOPLE_READ, Scope.PEOPLE_WRITE])


@pytest.fixture
def sales(sync: Sync) -> Department:
    """Sales has one who works there and one who has left, Support has one."""
    sync(row(1), row(2, employment_status="terminated"), row(3, department="Support"))
    return Department.objects.get(name="Sales")


def rename(client: Client, token: str, department: Department, patch: Any, **options: Any) -> Any:
    return send(client, "patch", f"{DEPARTMENTS}/{department.uid}", token, patch, **options)


def test_departments_tell_who_has_not_left(client: Client, token: str, sales: Department) -> None:
    page = ask(client, DEPARTMENTS, token).json()
    assert [(each["name"], each["people"]) for each in page["departments"]] == [
        ("Sales", 1),
        ("Support", 1),
    ]
    assert page["next"] is None
    one = {"uid": str(sales.uid), "name": "Sales", "people": 1}
    assert ask(client, f"{DEPARTMENTS}/{sales.uid}", token).json() == one
    assert ask(client, DEPARTMENTS, token, data={"name": "Sales"}).json()["departments"] == [one]


def test_department_without_people_is_told_too(client: Client, token: str, acme: Company) -> None:
    Department.objects.create(name="Legal")
    assert ask(client, DEPARTMENTS, token).json()["departments"][0]["people"] == 0


def test_renamed_department_keeps_its_people(
    client: Client, token: str, sales: Department, sync: Sync
) -> None:
    tag = ask(client, f"{DEPARTMENTS}/{sales.uid}", token)["ETag"]
    answer = rename(client, token, sales, {"name": " Revenue  team "}, headers={"if-match": tag})
    assert answer.status_code == 200
    assert answer.json() == {"uid": str(sales.uid), "name": "Revenue team", "people": 1}
    assert Person.objects.get(external_id="hris-1").department == sales
    stale = rename(client, token, sales, {"name": "Sales"}, headers={"if-match": tag})
    assert stale.status_code == 412
    known = ask(
        client, f"{DEPARTMENTS}/{sales.uid}", token, headers={"if-none-match": answer["ETag"]}
    )
    assert known.status_code == 304


def test_name_of_another_department_is_a_conflict(
    client: Client, token: str, sales: Department
) -> None:
    answer = rename(client, token, sales, {"name": "Support"})
    assert answer.status_code == 409
    assert "Support" in answer.json()["detail"]
    assert rename(client, token, sales, {"name": "Sales"}).status_code == 200


@pytest.mark.parametrize(
    ("patch", "pointer", "said"),
    [
        ({"name": ""}, "#/name", "blank"),
        ({"name": None}, "#/name", "text"),
        ({"name": 7}, "#/name", "text"),
        ({"name": "x" * 151}, "#/name", "longer than 150"),
        ({"name": "a\0b"}, "#/name", "NUL"),
        ({"name": "\udc00"}, "#/name", "half a character"),
        ({"nmae": "x"}, "#/nmae", "Did you mean name?"),
        ({"people": 3}, "#/people", "set nowhere"),
        ([], "#", "object"),
        ("", "#", "not JSON"),
    ],
)
def test_wrong_name_is_told_where_and_writes_nothing(
    client: Client, token: str, sales: Department, patch: Any, pointer: str, said: str
) -> None:
    answer = rename(client, token, sales, patch)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert said in answer.json()["errors"][0]["detail"]
    sales.refresh_from_db()
    assert sales.name == "Sales"


@pytest.mark.parametrize("method", ["get", "patch"])
def test_unknown_department_is_not_found(client: Client, token: str, method: str) -> None:
    path = f"{DEPARTMENTS}/0199a1b2-0000-7000-8000-000000000001"
    assert send(client, method, path, token, {"name": "x"}).status_code == 404


def test_list_costs_the_same_however_long(client: Client, token: str, sync: Sync) -> None:
    sync(*(row(n, department=f"Team {n}") for n in range(150)))
    ask(client, DEPARTMENTS, token)

    def queries(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            page = ask(client, DEPARTMENTS, token, data={"limit": limit}).json()
        assert len(page["departments"]) == limit
        return len(captured)

    assert queries(10) == queries(150) <= 5
