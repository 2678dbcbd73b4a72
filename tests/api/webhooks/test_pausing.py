"""An endpoint that takes nothing pauses itself, tells the owners, and can go on."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from time_machine import Traveller

from api import tasks
from api.models import WebhookDelivery, WebhookEndpoint
from api.webhooks.endpoints import count_missed, pause, resume
from api.webhooks.pump import pump
from api.webhooks.telling import tell_owners
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.api.webhooks.cast import hook, send, state_of, waiting
from tests.companies.webserver import Reply, WebServer

State, Standing = WebhookDelivery.State, WebhookEndpoint.State


def test_after_three_days_of_failures_it_pauses_and_the_owners_get_a_mail(
    server: WebServer, acme: Company, olive: Person, ada: Person, clock: Traveller,
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    told: list[str] = []
    monkeypatch.setattr(tasks.tell_owners, "delay", lambda: told.append("queued"))
    endpoint, _ = hook(server, description="Workday")
    [delivery] = waiting(endpoint)
    server.replies = [Reply(500) for _ in range(20)]
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(10):
            send(endpoint)
            delivery.refresh_from_db()
            clock.move_to(max(delivery.next_attempt_at, timezone.now()))
    assert state_of(endpoint) == Standing.STOPPED
    assert "3 days" in endpoint.state_reason
    assert "500" in endpoint.state_reason
    assert told == ["queued"]

    assert tell_owners() == 1
    assert tell_owners() == 0
    [message] = mail.outbox
    assert isinstance(message, mail.EmailMultiAlternatives)
    assert message.to == [olive.email]
    assert "Workday" in message.subject
    assert f"/admin/api/webhookendpoint/{endpoint.pk}/change/" in str(message.body)
    assert "3 days" in str(message.body)
    html = str(message.alternatives[0][0])
    assert "Workday" in html


@pytest.mark.parametrize(("locale", "said"), [("de", "Webhook"), ("es", "webhook")])
def test_the_mail_is_in_the_owners_language(
    server: WebServer, acme: Company, olive: Person, locale: str, said: str
) -> None:
    Person.objects.filter(pk=olive.pk).update(locale=locale)
    hook(server)
    WebhookEndpoint.objects.update(owners_to_be_told=True, state="stopped")
    tell_owners()
    [message] = mail.outbox
    assert said in message.subject
    assert not re.search(r"paused itself|this webhook|Look at", f"{message.subject} {message.body}")


def test_the_tick_tells_owners_whom_nobody_told(
    server: WebServer, acme: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[str] = []
    monkeypatch.setattr(tasks.tell_owners, "delay", lambda: queued.append("mail"))
    hook(server)
    tasks.keep_webhooks()
    assert queued == []
    WebhookEndpoint.objects.update(owners_to_be_told=True)
    tasks.keep_webhooks()
    assert queued == ["mail"]


def test_a_delivery_in_between_shows_that_it_lives(
    server: WebServer, acme: Company, clock: Traveller
) -> None:
    endpoint, _ = hook(server)
    for _ in range(5):
        waiting(endpoint)
        server.replies = [Reply(500)]
        send(endpoint)
        clock.shift(timedelta(days=1))
        send(endpoint)
    assert state_of(endpoint) == Standing.ON
    assert endpoint.failing_since is None


def test_gone_is_gone(server: WebServer, acme: Company) -> None:
    endpoint, _ = hook(server)
    first, second = waiting(endpoint, 2)
    server.replies = [Reply(410)]
    send(endpoint)
    assert state_of(endpoint) == Standing.STOPPED
    assert endpoint.owners_to_be_told
    assert "410" in endpoint.state_reason
    assert (state_of(first), state_of(second)) == (State.FAILED, State.WAITING)
    send(endpoint)
    assert len(server.requests) == 1


def test_what_waits_is_sent_when_it_is_resumed(server: WebServer, acme: Company) -> None:
    endpoint, _ = hook(server)
    first, second = waiting(endpoint, 2)
    server.replies = [Reply(410)]
    send(endpoint)
    endpoint.refresh_from_db()
    assert count_missed(endpoint) == 2
    resume(endpoint=endpoint, missed=True)
    send(endpoint)
    assert state_of(first) == state_of(second) == State.DELIVERED


def test_what_waits_is_left_out_where_that_is_chosen(server: WebServer, acme: Company) -> None:
    endpoint, _ = hook(server)
    [delivery] = waiting(endpoint)
    pause(endpoint=endpoint)
    send(endpoint)
    assert server.requests == []
    resume(endpoint=endpoint, missed=False)
    send(endpoint)
    assert server.requests == []
    assert state_of(delivery) == State.SKIPPED
    assert state_of(endpoint) == Standing.ON


def test_records_of_a_pause_wait_in_the_feed(
    written: Any, server: WebServer, hooks: Company
) -> None:
    endpoint, _ = hook(server, kinds=["first_win"])
    pause(endpoint=endpoint)
    written(2)
    won = written(2, "first_win")
    assert pump() == 0
    assert count_missed(endpoint) == 2
    resume(endpoint=endpoint, missed=True)
    assert pump() == 2
    assert [str(each.record) for each in WebhookDelivery.objects.order_by("pk")] == won
    pause(endpoint=endpoint)
    written(1, "first_win")
    resume(endpoint=endpoint, missed=False)
    assert pump() == 0
