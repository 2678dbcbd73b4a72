"""Sent again, under the same id; tests; and what is deleted in time."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import Traveller

from api import tasks
from api.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from api.webhooks import replays
from api.webhooks.endpoints import pause
from api.webhooks.replays import in_range, replay
from api.webhooks.sending import send_test
from tests.api.webhooks.cast import hook, send, state_of, verified, waiting
from tests.companies.webserver import Reply, WebServer

pytestmark = pytest.mark.usefixtures("acme")
State = WebhookDelivery.State


def test_one_is_sent_again_under_the_same_id(server: WebServer) -> None:
    endpoint, _ = hook(server)
    [delivery] = waiting(endpoint)
    send(endpoint)
    assert replay(deliveries=[delivery]) == 1
    assert replay(deliveries=[delivery]) == 0  # it is on its way
    send(endpoint)
    first, second = server.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.tries) == (State.DELIVERED, 2, 1)


def test_what_failed_for_good_starts_its_tries_anew(server: WebServer) -> None:
    endpoint, _ = hook(server)
    [delivery] = waiting(endpoint, state=State.FAILED, tries=10, finished_at=timezone.now())
    replay(deliveries=[delivery])
    server.replies = [Reply(500)]
    send(endpoint)
    assert state_of(delivery) == State.WAITING


def test_a_range_is_from_then_until_just_before_then(server: WebServer, clock: Traveller) -> None:
    endpoint, _ = hook(server)
    other, _ = hook(server)
    made = []
    for state in (State.FAILED, State.DELIVERED, State.WAITING, State.FAILED):
        finished = None if state == State.WAITING else timezone.now()
        made += waiting(endpoint, state=state, finished_at=finished)
        waiting(other, state=State.FAILED, finished_at=timezone.now())
        clock.shift(timedelta(hours=1))
    since, until = made[0].created_at, made[3].created_at
    failed = in_range(endpoint=endpoint, since=since, until=until, only_failed=True)
    assert list(failed) == [made[0]]
    everything = in_range(endpoint=endpoint, since=since, until=until, only_failed=False)
    assert set(everything) == set(made[:2])
    with CaptureQueriesContext(connection) as queries:
        assert replay(deliveries=everything.only("pk")) == 2
    assert len(queries) <= 8


def test_a_range_has_an_end_after_its_beginning_and_is_not_endless(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint, _ = hook(server)
    waiting(endpoint, 3, state=State.FAILED, finished_at=timezone.now())
    now = timezone.now() + timedelta(minutes=1)
    with pytest.raises(ValidationError, match="after the beginning"):
        in_range(endpoint=endpoint, since=now, until=now, only_failed=True)
    monkeypatch.setattr(replays, "MOST", 2)
    with pytest.raises(ValidationError, match="That is 3 deliveries, and at most 2"):
        in_range(endpoint=endpoint, since=now - timedelta(days=1), until=now, only_failed=True)


def test_a_test_is_sent_at_once_also_while_it_is_paused(server: WebServer) -> None:
    endpoint, secret = hook(server)
    pause(endpoint=endpoint)
    delivery = send_test(endpoint=endpoint)
    assert delivery
    assert delivery.state == State.DELIVERED
    told = verified(server.requests[0], secret)
    assert told["type"] == "webhook.test"
    assert told["data"]["endpoint"] == str(endpoint.uid)


def test_a_test_that_fails_is_tried_once_and_says_nothing_of_the_endpoint(
    server: WebServer,
) -> None:
    endpoint, _ = hook(server)
    server.replies = [Reply(410)]
    delivery = send_test(endpoint=endpoint)
    assert delivery
    assert delivery.state == State.FAILED
    assert "410 Gone" in delivery.last_error
    assert state_of(endpoint) == WebhookEndpoint.State.ON
    assert endpoint.failing_since is None
    assert replay(deliveries=[delivery]) == 0
    send(endpoint)
    assert len(server.requests) == 1


def test_finished_ones_are_deleted_after_thirty_days(server: WebServer, clock: Traveller) -> None:
    endpoint, _ = hook(server)
    old = waiting(endpoint)
    send(endpoint)
    pause(endpoint=endpoint)
    waits = waiting(endpoint)
    clock.shift(timedelta(days=29))
    recent = waiting(endpoint, state=State.FAILED, finished_at=timezone.now())
    tasks.keep_webhooks()
    assert WebhookDelivery.objects.count() == 3
    clock.shift(timedelta(days=1, minutes=1))
    tasks.keep_webhooks()
    assert set(WebhookDelivery.objects.all()) == {*waits, *recent}
    assert not WebhookAttempt.objects.filter(delivery__in=old).exists()
