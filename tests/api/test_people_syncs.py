"""Pushing people in over REST."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.models import Scope
from api.people import syncs
from tenants.companies.models import Company
from tenants.people import tasks
from tenants.people.actions import run_queued
from tenants.people.models import Person, SyncRun
from tests.api.asking import Visit, ask, issue, send
from tests.people.hris import Row, row

SYNCS = "/api/v1/people-syncs"
NDJSON, CSV = "application/x-ndjson", "text/csv"


@pytest.fixture
def client(acme: Company, visit: Visit) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.PEOPLE_READ, Scope.PEOPLE_WRITE])


@pytest.fixture
def delayed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The uids that were handed to the queue."""
    handed: list[str] = []
    monkeypatch.setattr(tasks.run_sync, "delay", handed.append)
    return handed


def push(client: Client, token: str, *rows: Row, **members: Any) -> Any:
    return send(client, "post", SYNCS, token, {"rows": rows, **members})


def test_push_tells_what_became_of_each_row(client: Client, token: str) -> None:
    push(client, token, row(1), row(2))
    answer = push(client, token, row(1), row(2, job_title="Lead"), row(3, email="nonsense"), row(4))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    told = answer.json()
    assert told["counts"] == {
        "created": 1,
        "updated": 1,
        "unchanged": 1,
        "deactivated": 0,
        "failed": 1,
    }
    assert (told["state"], told["rows"], told["rows_compared"]) == ("finished", 4, 4)
    assert (told["source"], told["origin"], told["mode"]) == ("api", "HRIS", "partial")
    assert [(each["line"], each["outcome"]) for each in told["outcomes"]] == [
        (2, "updated"),
        (3, "error"),
        (4, "created"),
    ]
    assert told["outcomes"][0]["changes"] == {
        "job_title": {"from": "Account Executive", "to": "Lead"}
    }
    assert told["problems"] == told["outcomes"][1]["problems"]
    assert told["problems"][0]["field"] == "email"
    assert told["problems_total"] == 1
    run = SyncRun.objects.get(uid=told["uid"])
    assert told["links"]["self"] == f"{SYNCS}/{run.uid}"
    assert Person.objects.count() == 3


@pytest.mark.parametrize(
    "wrong", [{"emial": "x"}, {"job_title": 1.5}, {"hired_on": "1.2.2024"}, {"attributes": [1]}]
)
def test_wrong_row_is_refused_by_itself(client: Client, token: str, wrong: Row) -> None:
    told = push(client, token, row(1), row(2, **wrong)).json()
    assert (told["counts"]["created"], told["counts"]["failed"]) == (1, 1)
    assert told["problems"][0]["field"] == next(iter(wrong))


def test_dry_run_tells_the_same_and_leaves_nothing(client: Client, token: str) -> None:
    rows = row(1, manager_external_id="hris-2"), row(2), row(3, given_name="")
    rehearsed = push(client, token, *rows, dry_run=True).json()
    assert not Person.objects.exists()
    assert not SyncRun.objects.exists()
    assert (rehearsed["uid"], rehearsed["links"], rehearsed["dry_run"]) == (None, None, True)

    done = push(client, token, *rows).json()
    assert set(done) == set(rehearsed)
    for name in ("counts", "problems", "rows", "rows_compared", "state"):
        assert rehearsed[name] == done[name]
    for before, after in zip(rehearsed["outcomes"], done["outcomes"], strict=True):
        assert {**before, "uid": None} == {**after, "uid": None}


def test_half_empty_push_is_refused_until_confirmed(client: Client, token: str) -> None:
    push(client, token, *map(row, range(20)))
    few = list(map(row, range(10)))

    refused = push(client, token, *few, mode="complete")
    assert refused.status_code == 409
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["type"] == "urn:throughline:problem:too-many-would-leave"
    assert "10 of 20" in refused.json()["detail"]
    assert "confirm" in refused.json()["detail"]
    assert push(client, token, *few, mode="complete", dry_run=True).status_code == 409
    assert SyncRun.objects.count() == 1

    done = push(client, token, *few, mode="complete", confirm=True).json()
    assert done["counts"]["deactivated"] == 10
    assert {each["line"] for each in done["outcomes"]} == {None}


def test_rows_come_as_ndjson_too(client: Client, token: str) -> None:
    lines = [json.dumps(row(1)), "", json.dumps(row(2)), json.dumps(row(3, email="nonsense"))]
    for body in ("\n".join(lines), "\ufeff" + "\r\n".join(lines) + "\r\n"):
        path = f"{SYNCS}?dry_run=true"
        answer = send(client, "post", path, token, body, content_type=f"{NDJSON}; charset=UTF-8")
        assert answer.status_code == 200
        assert [each["line"] for each in answer.json()["outcomes"]] == [1, 3, 4]
    assert not Person.objects.exists()


@pytest.mark.parametrize("media_type", ["application/ndjson", "application/jsonl"])
def test_ndjson_goes_by_other_names(client: Client, token: str, media_type: str) -> None:
    body = json.dumps(row(1))
    assert send(client, "post", SYNCS, token, body, content_type=media_type).status_code == 200
    assert Person.objects.count() == 1


def test_rows_come_as_csv_too(client: Client, token: str) -> None:
    body = (
        "\ufeffexternal_id,given_name,job_title,hired_on,attributes\r\n"
        'a-1,Zoë,"Engineer, ""senior""\nand more",2024-03-01,"{""cost_centre"": 7}"\r\n'
        "\r\n"
        "a-2,Bo,,2024-13-01,\r\n"
        "a-3,Cy,,,\r\n"
    )
    answer = send(client, "post", SYNCS, token, body, content_type=CSV)
    assert answer.status_code == 200
    told = [(each["line"], each["outcome"]) for each in answer.json()["outcomes"]]
    assert told == [(2, "created"), (5, "error"), (6, "created")]
    first = Person.objects.get(external_id="a-1")
    assert (first.given_name, first.job_title) == ("Zoë", 'Engineer, "senior" and more')
    assert first.attributes == {"cost_centre": 7}


def test_csv_has_uids_of_those_it_knows(client: Client, token: str) -> None:
    known = push(client, token, row(1)).json()["outcomes"][0]["uid"]
    body = f"uid,email,given_name\n{known},,Renamed\n,new@acme.example,New\n"
    answer = send(client, "post", SYNCS, token, body, content_type=CSV)
    told = [each["outcome"] for each in answer.json()["outcomes"]]
    assert told == ["updated", "created"]
    assert Person.objects.get(uid=known).email is None


def test_csv_says_in_the_address_that_it_is_everybody(client: Client, token: str) -> None:
    push(client, token, *map(row, range(3)))
    body = "external_id,given_name\nhris-0,Given0\nhris-1,Given1\n"
    answer = send(client, "post", f"{SYNCS}?mode=complete", token, body, content_type=CSV)
    assert answer.json()["counts"]["deactivated"] == 1


def test_impatient_push_is_left_to_a_worker(
    client: Client, token: str, delayed: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(
            client,
            "post",
            SYNCS,
            token,
            {"rows": [row(1), row(2, email="nonsense")]},
            headers={"prefer": "wait=10, respond-async"},
        )
    assert answer.status_code == 202
    assert answer["Preference-Applied"] == "respond-async"
    assert answer["Retry-After"] == "1"
    uid = answer.json()["uid"]
    assert (answer["Location"], delayed) == (f"{SYNCS}/{uid}", [uid])
    assert (answer.json()["state"], answer.json()["rows"]) == ("waiting", 2)

    waiting = ask(client, answer["Location"], token)
    assert waiting["Retry-After"] == "1"
    assert waiting.json()["rows_compared"] == 0
    run_queued(uid)
    over = ask(client, answer["Location"], token)
    assert "Retry-After" not in over.headers
    assert over.json()["state"] == "finished"
    assert (over.json()["counts"]["created"], over.json()["counts"]["failed"]) == (1, 1)


def test_long_push_is_left_to_a_worker(
    client: Client, token: str, delayed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncs, "DIRECT_ROWS", 2)
    assert push(client, token, row(1), row(2)).status_code == 200
    answer = push(client, token, row(1), row(2), row(3))
    assert answer.status_code == 202
    assert "Preference-Applied" not in answer.headers
    run_queued(answer.json()["uid"])
    assert Person.objects.count() == 3


def test_queued_run_that_is_refused_says_why(
    client: Client, token: str, delayed: list[str]
) -> None:
    push(client, token, *map(row, range(20)))
    body = {"rows": [row(1)], "mode": "complete"}
    headers = {"prefer": "respond-async"}
    answer = send(client, "post", SYNCS, token, body, headers=headers)
    run_queued(answer.json()["uid"])
    told = ask(client, answer["Location"], token).json()
    assert told["state"] == "refused"
    assert "19 of 20" in told["detail"]


def test_push_costs_the_same_number_of_queries_however_long(client: Client, token: str) -> None:
    def queries(numbers: range, **fields: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert push(client, token, *(row(n, **fields) for n in numbers)).status_code == 200
        return len(captured)

    queries(range(600))
    assert queries(range(210), job_title="Lead") == queries(range(600), job_title="Head")


def test_empty_push_changes_nothing_and_cannot_be_everybody(client: Client, token: str) -> None:
    push(client, token, row(1))
    assert push(client, token).json()["counts"]["unchanged"] == 0
    refused = push(client, token, mode="complete", confirm=True)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/rows"
    assert Person.objects.get().is_active
