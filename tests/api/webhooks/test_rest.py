"""Webhooks over REST: set up, changed, tested, rotated, read, sent again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings
from standardwebhooks import WebhookVerificationError

from api.models import Scope, WebhookDelivery, WebhookEndpoint
from api.webhooks.endpoints import MOST
from tenants.companies.models import Company
from tenants.people.auditing.models import AuditEntry
from tests.api.asking import Visit, ask, issue
from tests.api.asking import send as request
from tests.api.webhooks.cast import (
    DELIVERIES,
    ENDPOINTS,
    delete_while_it_is_sent,
    hook,
    state_of,
    verified,
    waiting,
)
from tests.api.webhooks.cast import send as send_all
from tests.companies.webserver import Reply, WebServer

State = WebhookDelivery.State


@pytest.fixture
def client(acme: Company, visit: Visit) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.WEBHOOKS_READ, Scope.WEBHOOKS_WRITE])


def add(client: Client, token: str, server: WebServer, **given: Any) -> Any:
    return request(client, "POST", ENDPOINTS, token, {"url": server.url("/hook"), **given})


def test_it_is_added_with_a_secret_that_is_shown_once(
    client: Client, token: str, server: WebServer
) -> None:
    answer = add(client, token, server, kinds=["first_win", "step.done"], description="HRIS")
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "no-store"
    told = answer.json()
    secret = told.pop("secret")
    endpoint = WebhookEndpoint.objects.get()
    assert answer["Location"] == f"{ENDPOINTS}/{endpoint.uid}"
    assert told["kinds"] == ["step.done", "first_win"]  # as the feed lists them
    assert told["state"] == "on"
    assert ask(client, answer["Location"], token).json() == told
    assert ask(client, ENDPOINTS, token).json() == {"webhook_endpoints": [told], "next": None}
    waiting(endpoint)
    send_all(endpoint)
    verified(server.requests[0], secret)


def test_a_secret_is_encrypted_and_in_no_log(client: Client, token: str, server: WebServer) -> None:
    secret = add(client, token, server).json()["secret"]
    [uid] = WebhookEndpoint.objects.values_list("uid", flat=True)
    new = request(client, "POST", f"{ENDPOINTS}/{uid}/secret", token, {}).json()["secret"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret || old_secret FROM api_webhookendpoint")
        stored = cursor.fetchall()
    log = str(list(AuditEntry.objects.values()))
    assert "HRIS" in log
    assert "New secret" in log
    for each in (secret, new):
        assert each not in f"{stored}{log}"
        assert each.removeprefix("whsec_") not in f"{stored}{log}"


@pytest.mark.parametrize(
    ("body", "pointer", "said"),
    [
        ({}, "#/url", "https://"),
        ({"url": 7}, "#/url", "Send a text"),
        ({"url": "http://hooks.example/"}, "#/url", "https://"),
        ({"url": "https://10.0.0.1/"}, "#/url", "public internet"),
        ({"url": "https://169.254.169.254/latest"}, "#/url", "public internet"),
        ({"url": "https://[::ffff:127.0.0.1]/"}, "#/url", "public internet"),
        ({"url": "https://user:word@8.8.8.8/"}, "#/url", "password"),
        (
            {"url": "https://8.8.8.8/", "kinds": ["step.done", "step.dun"]},
            "#/kinds/1",
            "Did you mean step.done?",
        ),
        ({"url": "https://8.8.8.8/", "kinds": [7]}, "#/kinds/0", "Send a text."),
        ({"url": "https://8.8.8.8/", "kinds": "step.done"}, "#/kinds", "list"),
        ({"url": "https://8.8.8.8/", "description": "x" * 201}, "#/description", "200"),
        ({"url": "https://8.8.8.8/" + "x" * 2000}, "#/url", "2,000"),
        ({"url": "https://8.8.8.8/", "kind": []}, "#/kind", "Did you mean kinds"),
        ({"url": "https://8.8.8.8/", "secret": "whsec_x"}, "#/secret", "no such member"),
    ],
)
def test_what_cannot_be_is_refused_where_it_is(
    client: Client, token: str, body: Any, pointer: str, said: str
) -> None:
    answer = request(client, "POST", ENDPOINTS, token, body)
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert said in error["detail"]
    assert not WebhookEndpoint.objects.exists()


def test_loopback_is_refused_unless_settings_say_so(
    client: Client, token: str, server: WebServer, settings: Settings
) -> None:
    settings.OUTBOUND_ALLOW_LOOPBACK = False
    assert add(client, token, server).status_code == 400
    local = {"url": "https://localhost/"}
    assert request(client, "POST", ENDPOINTS, token, local).status_code == 400


def test_there_is_a_limit(client: Client, token: str, server: WebServer) -> None:
    for _ in range(MOST):
        assert add(client, token, server).status_code == 201
    answer = add(client, token, server)
    assert answer.status_code == 409
    assert f"There are {MOST} webhooks" in answer.json()["detail"]


def test_it_is_changed_paused_resumed_and_deleted(
    client: Client, token: str, server: WebServer
) -> None:
    endpoint, _ = hook(server, kinds=["first_win"])
    page = f"{ENDPOINTS}/{endpoint.uid}"
    version = ask(client, page, token)["ETag"]
    new = {"url": server.url("/new"), "kinds": [], "description": "BI"}
    answer = request(client, "PATCH", page, token, new, headers={"if-match": version})
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in new} == new
    stale = request(client, "PATCH", page, token, new, headers={"if-match": version})
    assert stale.status_code == 412

    assert request(client, "PATCH", page, token, {"state": "paused"}).json()["state"] == "paused"
    [delivery] = waiting(endpoint)
    resumed = request(client, "PATCH", page, token, {"state": "on", "missed": "leave_out"})
    assert resumed.json()["state"] == "on"
    assert state_of(delivery) == State.SKIPPED
    for body in (
        {"state": "stopped"},
        {"state": None},
        {"missed": "send"},
        {"state": "on", "missed": 1},
        {"secret": "x"},
        {"url": "https://10.0.0.1/"},
    ):
        assert request(client, "PATCH", page, token, body).status_code == 400

    assert request(client, "DELETE", page, token, "").json()["description"] == "BI"
    assert ask(client, page, token).status_code == 404
    assert not WebhookDelivery.objects.exists()


def test_a_new_secret_is_told_once_and_the_old_one_goes_on(
    client: Client, token: str, server: WebServer
) -> None:
    endpoint, old = hook(server)
    page = f"{ENDPOINTS}/{endpoint.uid}/secret"
    answer = request(client, "POST", page, token, {"overlap": True})
    new = answer.json()["secret"]
    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["old_secret_until"] is not None
    waiting(endpoint)
    send_all(endpoint)
    for secret in (old, new):
        verified(server.requests[0], secret)
    last = request(client, "POST", page, token, {"overlap": False}).json()["secret"]
    waiting(endpoint)
    send_all(endpoint)
    verified(server.requests[1], last)
    for secret in (old, new):
        with pytest.raises(WebhookVerificationError):
            verified(server.requests[1], secret)
    assert request(client, "POST", page, token, {"overlap": "yes"}).status_code == 400


def test_a_test_tells_what_became_of_it(client: Client, token: str, server: WebServer) -> None:
    endpoint, _ = hook(server)
    server.replies = [Reply(200), Reply(404, body=b"nothing here")]
    page = f"{ENDPOINTS}/{endpoint.uid}/test"
    arrived = request(client, "POST", page, token, "").json()
    assert (arrived["state"], arrived["kind"], arrived["record"]) == (
        "delivered", "webhook.test", None,
    )  # fmt: skip
    failed = request(client, "POST", page, token, "").json()
    assert failed["state"] == "failed"
    [attempt] = failed["log"]
    assert (attempt["status"], attempt["answer"]) == (404, "nothing here")
    assert "nothing takes messages" in attempt["error"]
    assert ask(client, f"{DELIVERIES}/{failed['uid']}", token).json() == failed


def test_a_test_whose_webhook_is_deleted_meanwhile_is_not_found(
    client: Client, token: str, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint, _ = hook(server)
    delete_while_it_is_sent(monkeypatch)
    answer = request(client, "POST", f"{ENDPOINTS}/{endpoint.uid}/test", token, "")
    assert answer.status_code == 404
    assert len(server.requests) == 1
    assert not WebhookDelivery.objects.exists()


def test_deliveries_are_listed_newest_first_and_narrowed(
    client: Client, token: str, server: WebServer
) -> None:
    one, _ = hook(server)
    two, _ = hook(server)
    first = waiting(one, 3)
    failed = waiting(two, state=State.FAILED, finished_at=timezone.now())
    uids = [str(each.uid) for each in (*failed, *reversed(first))]

    def listed(**query: Any) -> list[str]:
        answer = ask(client, DELIVERIES, token, data=query)
        assert answer.status_code == 200
        return [each["uid"] for each in answer.json()["webhook_deliveries"]]

    assert listed() == uids
    assert listed(endpoint=str(two.uid)) == uids[:1]
    assert listed(state="failed") == uids[:1]
    assert listed(kind="first_win") == []
    page = ask(client, DELIVERIES, token, data={"limit": 3}).json()
    assert listed(after=page["next"]) == uids[3:]
    assert ask(client, DELIVERIES, token, data={"state": "lost"}).status_code == 400
    assert ask(client, DELIVERIES, token, data={"stat": "failed"}).status_code == 400
    assert "Zoë" not in ask(client, DELIVERIES, token).text  # the feed has a scope of its own


def test_a_list_costs_the_same_for_few_and_for_many(
    client: Client, token: str, server: WebServer
) -> None:
    ask(client, ENDPOINTS, token)  # the first use of a token is noted
    costs = []
    for _ in range(2):
        endpoint, _secret = hook(server)
        waiting(endpoint, 10)
        for page in (ENDPOINTS, DELIVERIES):
            with CaptureQueriesContext(connection) as queries:
                ask(client, page, token)
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 4


def test_one_delivery_goes_out_again(client: Client, token: str, server: WebServer) -> None:
    endpoint, _ = hook(server)
    [delivery] = waiting(endpoint)
    page = f"{DELIVERIES}/{delivery.uid}/replay"
    refused = request(client, "POST", page, token, "")
    assert refused.status_code == 409
    send_all(endpoint)
    again = request(client, "POST", page, token, "")
    assert again.json()["state"] == "waiting"
    assert len(again.json()["log"]) == 1
    send_all(endpoint)
    assert len({each.headers["webhook-id"] for each in server.requests}) == 1


def test_a_range_goes_out_again(client: Client, token: str, server: WebServer) -> None:
    endpoint, _ = hook(server)
    waiting(endpoint, 2, state=State.FAILED, finished_at=timezone.now())
    waiting(endpoint, 3, state=State.DELIVERED, finished_at=timezone.now())
    page = f"{ENDPOINTS}/{endpoint.uid}/replay"
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    assert request(client, "POST", page, token, {"since": since}).json() == {"replayed": 2}
    everything = {"since": since, "only_failed": False}
    assert request(client, "POST", page, token, everything).json() == {"replayed": 3}
    send_all(endpoint)
    assert len(server.requests) == 5
    for far in ("0273-12-30T09:30:08+17:09", "0001-01-01T00:00:00+14:00"):
        nothing = {"since": far, "until": far}
        assert request(client, "POST", page, token, nothing).status_code in (200, 400)
        assert request(client, "POST", page, token, {"since": far}).status_code == 200
    for body, pointer in (
        ({}, "#/since"),
        ({"since": "yesterday"}, "#/since"),
        ({"since": "2026-11-18T08:30:00"}, "#/since"),
        ({"since": since, "until": since}, "#/until"),
        ({"since": since, "only_failed": 1}, "#/only_failed"),
        ({"since": since, "all": True}, "#/all"),
    ):
        answer = request(client, "POST", page, token, body)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == pointer


def test_reading_does_not_write(client: Client, acme: Company, server: WebServer) -> None:
    endpoint, _ = hook(server)
    reads = issue([Scope.WEBHOOKS_READ])
    page = f"{ENDPOINTS}/{endpoint.uid}"
    assert ask(client, page, reads).status_code == 200
    for method, where in (("PATCH", ""), ("DELETE", ""), ("POST", "/secret"), ("POST", "/test")):
        assert request(client, method, page + where, reads, "").status_code == 403
