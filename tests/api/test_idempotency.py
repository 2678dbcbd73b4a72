"""A request that is sent twice with one key is done once, and answered twice alike."""

import json
import threading
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from time_machine import Traveller

from api.models import ApiToken, KeptAnswer, Scope, WebhookEndpoint
from api.tasks import forget_answers, tick
from learning.models import RoleHolding
from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person, SyncRun
from tests.api.asking import Visit, ask, issue, send
from tests.api.commits import Outside
from tests.conftest import NOW

PUSHES = "/api/v1/people-syncs"
HOOKS = "/api/v1/webhook-endpoints"
HOLDINGS = "/api/v1/role-holdings"
KEY = '"8e03978e-40d5-43dd-bc93-6894a57f9324"'
ROWS = {"rows": [{"external_id": "1", "given_name": "Bo", "email": "bo@acme.example"}]}
HOOK = {"url": "https://hris.example/hook"}


@pytest.fixture
def client(acme: Company, visit: Visit) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue()


@pytest.fixture(autouse=True)
def _public_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    public = ip_address("8.8.8.8")
    monkeypatch.setattr("tenants.companies.addresses._resolve", lambda *_: [public])


def post(client: Client, path: str, token: str, body: Any, key: str = KEY, **options: Any) -> Any:
    return send(client, "POST", path, token, body, headers={"idempotency-key": key}, **options)


def test_second_time_brings_the_first_answer_byte_for_byte(client: Client, token: str) -> None:
    first = post(client, PUSHES, token, ROWS)
    again = post(client, PUSHES, token, ROWS)

    assert first.status_code == again.status_code == 200
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]
    assert SyncRun.objects.count() == 1
    assert Person.objects.filter(external_id="1").count() == 1


def test_without_a_key_it_is_done_again(client: Client, token: str) -> None:
    for _ in range(2):
        assert send(client, "POST", PUSHES, token, ROWS).status_code == 200
    assert SyncRun.objects.count() == 2
    assert not KeptAnswer.objects.exists()


def test_location_comes_again_and_a_secret_is_stored_encrypted(client: Client, token: str) -> None:
    first = post(client, HOOKS, token, HOOK)
    again = post(client, HOOKS, token, HOOK)

    assert first.status_code == again.status_code == 201
    assert again["Location"] == first["Location"]
    assert again["Cache-Control"] == "no-store"
    assert again.json()["secret"] == first.json()["secret"]
    assert WebhookEndpoint.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(a)::text FROM api_keptanswer a")
        [(stored,)] = cursor.fetchall()
    assert first.json()["secret"] not in stored
    assert "hris.example" not in stored


def test_quoted_and_bare_are_one_key(client: Client, token: str) -> None:
    post(client, PUSHES, token, ROWS, "a-1")
    assert post(client, PUSHES, token, ROWS, '"a-1"')["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    ("path", "body", "options"),
    [
        (PUSHES, {**ROWS, "dry_run": True}, {}),
        (f"{PUSHES}?mode=partial", ROWS, {}),
        (HOOKS, ROWS, {}),
        (PUSHES, ROWS, {"content_type": "application/json; charset=utf-8"}),
    ],
)
def test_key_of_another_request_is_refused(
    client: Client, token: str, path: str, body: Any, options: dict[str, Any]
) -> None:
    post(client, PUSHES, token, ROWS)
    answer = post(client, path, token, body, **options)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:throughline:problem:idempotency-key-reused"
    assert SyncRun.objects.count() == 1


@pytest.mark.parametrize("key", ["", '""', '"a', 'a"', "a b", "a, b", '"é"', "a;b", "x" * 256])
def test_malformed_key_is_refused_and_nothing_done(client: Client, token: str, key: str) -> None:
    answer = post(client, PUSHES, token, ROWS, key)
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:throughline:problem:idempotency-key-malformed"
    assert not SyncRun.objects.exists()


def test_tokens_and_companies_share_no_keys(
    client: Client, token: str, globex: Company, visit: Visit
) -> None:
    post(client, PUSHES, token, ROWS)
    assert "Idempotency-Replayed" not in post(client, PUSHES, issue(name="BI"), ROWS)
    with working_for(globex):
        theirs = issue()
    assert "Idempotency-Replayed" not in post(visit(globex), PUSHES, theirs, ROWS)


def test_answer_is_told_again_only_to_a_token_that_may_still_ask(
    client: Client, token: str
) -> None:
    post(client, PUSHES, token, ROWS)
    held = ApiToken.objects.get()
    held.scopes = [Scope.PEOPLE_READ]
    held.save()
    assert post(client, PUSHES, token, ROWS).status_code == 403
    held.delete()
    assert post(client, PUSHES, token, ROWS).status_code == 401
    assert not KeptAnswer.objects.exists()


def test_refusal_is_told_again_too(client: Client, token: str, lee: Person) -> None:
    body = {"person": {"email": lee.email}, "role": {"slug": "none"}}
    first, again = (post(client, HOLDINGS, token, body) for _ in range(2))
    assert first.status_code == again.status_code == 400
    assert again.content == first.content
    assert again["Idempotency-Replayed"] == "true"


def test_what_failed_on_our_side_left_nothing_and_is_done_when_it_comes_again(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    with monkeypatch.context() as patch:

        def crash(*_: object) -> None:
            raise RuntimeError("the power went")

        patch.setattr("api.people.syncs.outcomes_json", crash)  # after it was written
        assert post(client, PUSHES, token, ROWS).status_code == 500
    assert not Person.objects.filter(external_id="1").exists()
    assert not SyncRun.objects.exists()

    answer = post(client, PUSHES, token, ROWS)
    assert answer.status_code == 200
    assert "Idempotency-Replayed" not in answer
    assert answer.json()["counts"]["created"] == 1


def test_large_body_is_read_within_the_limit_of_its_address(client: Client, token: str) -> None:
    many = {"rows": [{"external_id": str(n), "given_name": "x" * 90} for n in range(3_000)]}
    many["rows"][0]["attributes"] = {"note": "x" * 9_000}  # type: ignore[assignment]
    padding = " " * 1_200_000  # past the limit of other addresses
    first, again = (post(client, PUSHES, token, json.dumps(many) + padding) for _ in range(2))
    assert first.status_code == 200, first.content[:300]
    assert again.content == first.content
    too_large = post(client, HOOKS, token, " " * 1_048_577, "other")
    assert too_large.status_code == 413
    assert not KeptAnswer.objects.filter(key="other").exists()


def test_job_for_a_worker_is_queued_once(
    client: Client, token: str, django_capture_on_commit_callbacks: Any
) -> None:
    headers = {"idempotency-key": KEY, "prefer": "respond-async"}
    with django_capture_on_commit_callbacks() as queued:
        first, again = (
            send(client, "POST", PUSHES, token, ROWS, headers=headers) for _ in range(2)
        )
    assert first.status_code == again.status_code == 202
    assert again["Location"] == first["Location"]
    assert len(queued) == 1


def test_kept_for_a_day_and_then_forgotten(
    client: Client, clock: Traveller, acme: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issue(expires_at=NOW + timedelta(days=9))
    post(client, PUSHES, token, ROWS)
    clock.shift(timedelta(hours=23, minutes=59))
    assert post(client, PUSHES, token, ROWS)["Idempotency-Replayed"] == "true"
    forget_answers()
    assert KeptAnswer.objects.exists()

    clock.shift(timedelta(minutes=1))
    assert "Idempotency-Replayed" not in post(client, PUSHES, token, ROWS)
    assert KeptAnswer.objects.count() == 1

    clock.shift(timedelta(days=1))
    asked: list[str] = []
    monkeypatch.setattr("api.tasks.forget_answers.delay", lambda: asked.append("asked"))
    connection.set_schema_to_public()
    tick()
    assert asked == ["asked"]
    connection.set_tenant(acme)
    forget_answers()
    assert not KeptAnswer.objects.exists()


def test_answer_that_cannot_be_read_any_more_is_not_given_by_doing_it_again(
    client: Client, token: str, settings: Settings, clock: Traveller
) -> None:
    post(client, PUSHES, token, ROWS)
    settings.ENCRYPTION_KEYS = ["another key, and the one before is gone"]
    again = post(client, PUSHES, token, ROWS)
    assert again.status_code == 409
    assert again.json()["type"] == "urn:throughline:problem:idempotency-answer-lost"
    assert again.json()["detail"].startswith("This was done, but what we answered cannot be read")
    assert SyncRun.objects.count() == 1

    clock.shift(timedelta(hours=25))
    assert post(client, PUSHES, token, ROWS).status_code == 200

    settings.ENCRYPTION_KEYS = ["and that one, too"]
    clock.shift(timedelta(hours=25))
    forget_answers()
    assert not KeptAnswer.objects.exists()


def test_costs_three_queries(client: Client, token: str) -> None:
    ask(client, HOLDINGS, token)
    with CaptureQueriesContext(connection) as plain:
        send(client, "POST", HOLDINGS, token, {})
    with CaptureQueriesContext(connection) as keyed:
        post(client, HOLDINGS, token, {})
    mine = [query for query in keyed.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(mine) == len(plain) + 3
    assert not RoleHolding.objects.exists()


def test_of_many_at_the_same_time_one_is_done(busy: Company, visit: Visit) -> None:
    """Real transactions on connections of their own."""
    token = issue()
    answers: list[Any] = []
    gate = threading.Barrier(6)

    def ask_for_it() -> None:
        try:
            client = visit(busy)
            gate.wait()
            answers.append(post(client, HOOKS, token, HOOK))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask_for_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    done = [answer for answer in answers if answer.status_code == 201]
    waiting = [answer for answer in answers if answer.status_code == 409]
    assert len(done) + len(waiting) == 6
    assert len([answer for answer in done if "Idempotency-Replayed" not in answer]) == 1
    assert len({answer.content for answer in done}) == 1
    assert all(answer["Retry-After"] == "1" for answer in waiting)
    assert WebhookEndpoint.objects.count() == 1
    assert post(visit(busy), HOOKS, token, HOOK).content == done[0].content


def test_while_the_first_is_being_done_the_second_is_told_to_come_back(
    client: Client, token: str, outside: Outside, acme: Company
) -> None:
    held = ApiToken.objects.get()
    name = f"idempotency.{acme.schema_name}.{held.pk}.busy"
    first = outside()
    first.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])

    answer = post(client, PUSHES, token, ROWS, "busy")
    assert answer.status_code == 409
    assert answer["Retry-After"] == "1"
    assert answer.json()["type"] == "urn:throughline:problem:idempotency-key-in-use"

    first.rollback()  # as when its process dies
    assert post(client, PUSHES, token, ROWS, "busy").status_code == 200
