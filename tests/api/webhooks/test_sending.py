"""What arrives, how it is signed, and when it is tried again."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings
from standardwebhooks import WebhookVerificationError
from time_machine import Traveller

from api import tasks
from api.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from api.webhooks import sending
from api.webhooks.endpoints import renew_secret
from api.webhooks.schedule import JITTER, TRIES, WAITS, wait_after
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tests.api.webhooks.cast import hook, send, state_of, verified, waiting
from tests.companies.webserver import Reply, Request, WebServer

pytestmark = pytest.mark.usefixtures("acme")
State = WebhookDelivery.State


def test_the_official_library_takes_what_arrives(server: WebServer) -> None:
    endpoint, secret = hook(server)
    [delivery] = waiting(endpoint)
    send(endpoint)
    [request] = server.requests
    assert request.path == "/hook"
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["webhook-id"] == str(delivery.uid)
    assert request.body.decode() == delivery.body
    assert verified(request, secret)["data"]["person"]["name"] == "Zoë 0"
    assert state_of(delivery) == State.DELIVERED
    endpoint.refresh_from_db()
    assert endpoint.last_delivered_at is not None


@pytest.mark.parametrize("what", ["body", "webhook-id", "webhook-timestamp", "webhook-signature"])
def test_the_official_library_refuses_what_was_tampered_with(server: WebServer, what: str) -> None:
    endpoint, secret = hook(server)
    waiting(endpoint)
    send(endpoint)
    [request] = server.requests
    headers, body = dict(request.headers), request.body
    if what == "body":
        body = body.replace(b"done", b"gone")
    elif what == "webhook-timestamp":
        headers[what] = str(int(headers[what]) + 1)
    else:
        headers[what] = headers[what][:-2] + ("AA" if headers[what][-2:] != "AA" else "BB")
    with pytest.raises(WebhookVerificationError):
        verified(Request(request.path, headers, body), secret)


def test_both_secrets_verify_for_a_day_and_then_only_the_new_one(
    server: WebServer, time_machine: Any
) -> None:
    endpoint, old = hook(server)
    new = renew_secret(endpoint=endpoint)
    waiting(endpoint)
    send(endpoint)
    for secret in (old, new):
        verified(server.requests[0], secret)
    time_machine.move_to(timezone.now() + timedelta(hours=24, seconds=1))
    waiting(endpoint)
    send(endpoint)
    verified(server.requests[1], new)
    with pytest.raises(WebhookVerificationError):
        verified(server.requests[1], old)
    assert " " not in server.requests[1].headers["webhook-signature"]
    tasks.keep_webhooks()
    endpoint.refresh_from_db()
    assert (endpoint.old_secret, endpoint.old_secret_until) == ("", None)


def test_without_overlap_the_old_secret_ends_at_once(server: WebServer) -> None:
    endpoint, old = hook(server)
    new = renew_secret(endpoint=endpoint, overlap=False)
    waiting(endpoint)
    send(endpoint)
    verified(server.requests[0], new)
    with pytest.raises(WebhookVerificationError):
        verified(server.requests[0], old)


def test_retries_keep_id_and_body_and_have_a_timestamp_of_their_own(
    server: WebServer, clock: Traveller
) -> None:
    endpoint, secret = hook(server)
    [delivery] = waiting(endpoint)
    server.replies = [Reply(500), Reply(302), Reply(200)]
    for _ in range(3):
        send(endpoint)
        clock.shift(timedelta(minutes=6))
    assert state_of(delivery) == State.DELIVERED
    assert len({(r.headers["webhook-id"], r.body) for r in server.requests}) == 1
    assert len({r.headers["webhook-timestamp"] for r in server.requests}) == 3
    clock.move_to(datetime.fromtimestamp(int(server.requests[2].headers["webhook-timestamp"]), UTC))
    verified(server.requests[2], secret)
    log = WebhookAttempt.objects.filter(delivery=delivery)
    assert [each.status for each in log] == [500, 302, 200]
    assert "redirects are not followed" in log[1].error
    assert log[2].answer == '{"ok": true}'


def test_it_is_tried_ten_times_over_three_days_with_jitter(
    server: WebServer, clock: Traveller
) -> None:
    endpoint, _ = hook(server)
    [delivery] = waiting(endpoint)
    began = timezone.now()
    server.replies = [Reply(500) for _ in range(20)]
    waits = []
    while True:
        send(endpoint)
        delivery.refresh_from_db()
        if delivery.state != State.WAITING:
            break
        waits.append(delivery.next_attempt_at - timezone.now())
        clock.move_to(delivery.next_attempt_at - timedelta(seconds=1))
        send(endpoint)
        assert len(server.requests) == len(waits)  # not before its time
        clock.move_to(delivery.next_attempt_at)
    assert delivery.state == State.FAILED
    assert len(server.requests) == TRIES == 10
    for wait, planned in zip(waits, WAITS, strict=True):
        assert planned <= wait <= planned * (1 + JITTER)
    assert timedelta(days=3) < timezone.now() - began < timedelta(days=4)
    assert len({wait_after(5) for _ in range(20)}) > 1


@pytest.mark.parametrize("status", [429, 503])
def test_it_comes_back_when_the_other_side_asks_it_to(
    server: WebServer, clock: Traveller, status: int
) -> None:
    endpoint, _ = hook(server)
    first, second = waiting(endpoint, 2)
    server.replies = [Reply(status, {"Retry-After": "7200"})]
    assert send(endpoint) is None
    assert len(server.requests) == 1  # nothing else goes there meanwhile
    clock.shift(timedelta(seconds=7199))
    send(endpoint)
    assert len(server.requests) == 1
    clock.shift(timedelta(seconds=1))
    send(endpoint)
    assert state_of(first) == state_of(second) == State.DELIVERED


def test_one_that_hangs_costs_ten_seconds_and_is_then_left_alone(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenants.companies.outbound.DEADLINE", 0.5)
    slow, _ = hook(server)
    deliveries = waiting(slow, 30)
    other, _ = hook(server)
    [theirs] = waiting(other)
    server.replies = [Reply(hangs=True)]
    began = time.perf_counter()
    assert send(slow) == pytest.approx(timedelta(seconds=5), abs=timedelta(seconds=2))
    send(other)
    assert time.perf_counter() - began < 5
    assert state_of(theirs) == State.DELIVERED
    assert [state_of(each) for each in deliveries] == [State.WAITING] * 30
    assert WebhookAttempt.objects.get(delivery=deliveries[0]).status is None
    send(slow)
    assert len(server.requests) == 2


def test_the_longer_it_is_away_the_longer_it_is_left_alone(
    server: WebServer, clock: Traveller
) -> None:
    endpoint, _ = hook(server)
    waiting(endpoint, 100)
    alone = []
    for _ in range(20):
        server.replies = [Reply(hangs_up=True)]
        send(endpoint)
        endpoint.refresh_from_db()
        assert endpoint.not_before is not None
        alone.append(endpoint.not_before - timezone.now())
        clock.move_to(endpoint.not_before)
    assert alone[:2] == [timedelta(seconds=5), timedelta(minutes=5)]
    assert alone == sorted(alone)
    assert max(alone) == timedelta(hours=1)
    assert len(server.requests) == 20


def test_slow_answers_end_a_batch_so_that_others_have_their_turn(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BUDGET", -1.0)
    endpoint, _ = hook(server)
    waiting(endpoint, 3)
    assert send(endpoint) == timedelta(0)  # more is due now
    assert len(server.requests) == 1


def test_only_one_sends_to_an_endpoint_at_a_time(server: WebServer) -> None:
    endpoint, _ = hook(server)
    waiting(endpoint, 2)
    now = timezone.now()
    WebhookEndpoint.objects.update(busy_until=now + timedelta(seconds=30))
    assert send(endpoint) is None
    assert server.requests == []
    send(endpoint, now=now + timedelta(seconds=31))  # whoever it was is gone
    assert len(server.requests) == 2


def test_what_a_killed_worker_had_is_sent_again_and_the_last_try_is_given_up(
    server: WebServer,
) -> None:
    endpoint, _ = hook(server)
    killed, last = waiting(endpoint, 2, state=State.SENDING, attempts=1)
    WebhookDelivery.objects.filter(pk=killed.pk).update(tries=1)
    WebhookDelivery.objects.filter(pk=last.pk).update(tries=TRIES)
    WebhookDelivery.objects.update(next_attempt_at=timezone.now() + timedelta(seconds=60))
    send(endpoint)
    assert server.requests == []
    send(endpoint, now=timezone.now() + timedelta(seconds=61))
    assert state_of(killed) == State.DELIVERED
    assert state_of(last) == State.FAILED
    assert len(server.requests) == 1


def test_nothing_is_sent_inside(server: WebServer, settings: Settings) -> None:
    endpoint, _ = hook(server)
    [delivery] = waiting(endpoint)
    settings.OUTBOUND_ALLOW_LOOPBACK = False
    send(endpoint)
    assert server.requests == []
    assert state_of(delivery) == State.WAITING
    assert "https://" in delivery.last_error


def test_only_the_beginning_of_an_answer_is_kept(server: WebServer) -> None:
    endpoint, _ = hook(server)
    waiting(endpoint)
    server.replies = [Reply(200, body=b"<b>\x00\xff" + b"x" * 5000)]
    send(endpoint)
    answer = WebhookAttempt.objects.get().answer
    assert answer.startswith("<b>��x")
    assert len(answer) == 1000


def test_what_one_company_records_never_goes_to_another(
    server: WebServer, acme: Company, globex: Company
) -> None:
    ours, secret = hook(server)
    with working_for(globex):
        theirs, _ = hook(server)
        waiting(theirs)
    assert sending.due(timezone.now()) == []
    tasks.send_webhooks(ours.pk)
    assert server.requests == []
    with working_for(globex):
        assert sending.due(timezone.now()) == [theirs.pk]
        tasks.send_webhooks(theirs.pk)
    with pytest.raises(WebhookVerificationError):
        verified(server.requests[0], secret)


def test_costs_the_same_for_one_endpoint_and_for_ten(server: WebServer) -> None:
    costs = []
    for count in (1, 9):
        for _ in range(count):
            waiting(hook(server)[0], 3)
        with CaptureQueriesContext(connection) as queries:
            sending.due(timezone.now())
        costs.append(len(queries))
    assert costs == [1, 1]


def test_a_task_goes_on_where_more_is_due_soon(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[Any] = []
    monkeypatch.setattr(
        tasks.send_webhooks, "apply_async", lambda args, countdown: queued.append((args, countdown))
    )
    endpoint, _ = hook(server)
    waiting(endpoint)
    server.replies = [Reply(500)]
    tasks.send_webhooks(endpoint.pk)
    [(args, countdown)] = queued
    assert args == (endpoint.pk,)
    assert 4 <= countdown <= 6
    tasks.send_webhooks(endpoint.pk)
    assert len(queued) == 2  # not due yet


def test_pump_sends_to_each_by_itself(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[int] = []
    monkeypatch.setattr(tasks.send_webhooks, "delay", queued.append)
    endpoints = [hook(server)[0] for _ in range(2)]
    for endpoint in endpoints:
        waiting(endpoint, 2)
    tasks.pump_webhooks()
    assert sorted(queued) == [each.pk for each in endpoints]
