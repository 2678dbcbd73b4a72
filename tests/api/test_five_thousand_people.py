"""A company of 5,000 over a few weeks of its HRIS's pushes."""

import json
from typing import Any

import pytest
from django.test import Client

from tenants.companies.models import Company
from tenants.people.chart import loops
from tenants.people.models import Person
from tests.api.asking import Visit, issue
from tests.people.hris import Row, row

PEOPLE = 5_000
SPAN = 8  # reports per manager


def everybody() -> list[Row]:
    """Number 0 leads; 1 to 8 report to her, 9 to 72 to those, and so on."""
    rows = [row(0)]
    for number in range(1, PEOPLE):
        rows.append(row(number, manager_external_id=f"hris-{(number - 1) // SPAN}"))
    return rows


@pytest.fixture
def client(acme: Company, visit: Visit) -> Client:
    client = visit(acme)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {issue()}"
    return client


def push(client: Client, rows: list[Row], status: int = 200, **options: Any) -> dict[str, Any]:
    """What the API answers to these rows as everybody there is."""
    body = json.dumps({"rows": rows, "mode": "complete", **options})
    answer = client.post("/api/v1/people-syncs", body, content_type="application/json")
    assert answer.status_code == status, answer.content[:500]
    told: dict[str, Any] = answer.json()
    return told


def counts(told: dict[str, Any]) -> dict[str, int]:
    return {outcome: count for outcome, count in told["counts"].items() if count}


def test_a_company_of_five_thousand_over_its_first_weeks(client: Client) -> None:
    rows = everybody()
    assert counts(push(client, rows)) == {"created": PEOPLE}
    assert Person.objects.filter(manager=None).count() == 1
    assert counts(push(client, rows)) == {"unchanged": PEOPLE}

    uids = dict(Person.objects.values_list("external_id", "uid"))
    rows[17]["email"] = "married.name@acme.example"
    rows[18]["family_name"] = "Newname"
    told = push(client, rows)
    assert counts(told) == {"updated": 2, "unchanged": PEOPLE - 2}
    assert [list(each["changes"]) for each in told["outcomes"]] == [["email"], ["family_name"]]

    teams = range(2000, 2500)
    for number in teams:
        rows[number]["manager_external_id"] = f"hris-{number % 100}"
    assert counts(push(client, rows)) == {"updated": len(teams), "unchanged": PEOPLE - len(teams)}
    assert not loops(dict(Person.objects.values_list("pk", "manager_id")))

    before = dict(rows[1])
    rows[1]["manager_external_id"] = "hris-9"
    told = push(client, rows)
    assert counts(told) == {"failed": 1, "unchanged": PEOPLE - 1}
    assert "Given1 Family1 → Given9 Family9 → Given1 Family1" in told["problems"][0]["message"]
    rows[1] = before

    half = rows[: PEOPLE // 2]
    refused = push(client, half, status=409)
    assert f"{PEOPLE - len(half)} of {PEOPLE}" in refused["detail"]
    assert not Person.objects.filter(employment_status="terminated").exists()
    told = push(client, half, confirm=True)
    assert counts(told) == {"unchanged": len(half), "deactivated": PEOPLE - len(half)}
    assert counts(push(client, rows)) == {
        "updated": PEOPLE - len(half),
        "unchanged": len(half),
    }
    assert dict(Person.objects.values_list("external_id", "uid")) == uids
