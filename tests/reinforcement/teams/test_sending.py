"""What Teams answers, and what becomes of the delivery and of the address."""

import json
import socket
import time
from datetime import timedelta

import pytest
from time_machine import Traveller

from reinforcement.actions import send_due
from reinforcement.channels.teams import channel as teams_channel
from reinforcement.models import Brief, ChannelAddress, Delivery
from tenants.companies import outbound
from tenants.people.models import Person
from tests.companies.webserver import Reply, WebServer
from tests.reinforcement.cast import DUE
from tests.reinforcement.smtp import Postbox, free_port
from tests.reinforcement.teams.cards import checked, texts
from tests.reinforcement.teams.webhooks import SECRET

MINUTE = timedelta(minutes=1)


def address() -> ChannelAddress:
    return ChannelAddress.objects.get(person__given_name="Ada", channel="teams")


def by_mail(brief: Brief) -> Delivery:
    return brief.deliveries.get(channel="mail")


@pytest.mark.parametrize("status", [200, 202])
def test_a_brief_is_posted_once_and_the_workflow_s_run_is_kept(
    delivery: Delivery, teams: WebServer, monday: Traveller, status: int
) -> None:
    teams.replies = [Reply(status, {"x-ms-workflow-run-id": "0858471"}, b"")]
    assert [send_due(), send_due()] == [1, 0]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at, delivery.provider_id) == ("sent", DUE, "0858471")
    [request] = teams.requests
    assert request.path == f"/workflows/ada?sig={SECRET}"
    assert request.headers["Content-Type"] == "application/json; charset=utf-8"
    assert "Lee Tanaka" in texts(checked(request.body))


def test_to_wait_is_heeded_and_holds_up_nobody_else(
    delivery: Delivery, teams: WebServer, more, monday: Traveller
) -> None:
    [other] = more("Bo")
    teams.replies = [Reply(429, {"Retry-After": "600"})]
    assert send_due() == 2
    delivery.refresh_from_db()
    other.refresh_from_db()
    assert (delivery.state, other.state) == ("waiting", "sent")
    assert delivery.next_attempt_at >= DUE + 10 * MINUTE
    assert delivery.last_error == "Teams answered 429."
    monday.move_to(delivery.next_attempt_at)
    assert send_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == ("sent", "")


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_what_passes_is_tried_again(delivery: Delivery, teams: WebServer, status: int) -> None:
    teams.replies = [Reply(status)]
    send_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert MINUTE <= delivery.next_attempt_at - DUE <= 1.25 * MINUTE
    assert address().stopped_at is None


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(401), "does not let anyone trigger it"),
        (Reply(403), "does not let anyone trigger it"),
        (Reply(404), "the workflow is not there any more"),
        (Reply(410), "the workflow is not there any more"),
        (Reply(301, {"Location": "http://169.254.169.254/"}), "leads on to another one"),
        (Reply(307, {"Location": "/"}), "leads on to another one"),
        (Reply(400, body=b'{"error":{"code":"WorkflowTriggerIsNotEnabled"}}'), "turned off"),
        (Reply(404, body=b'{"error":{"code":"WorkflowTriggerIsNotEnabled"}}'), "turned off"),
    ],
)
def test_a_webhook_that_is_no_more_is_stopped_and_the_brief_goes_by_mail(
    brief: Brief, delivery: Delivery, teams: WebServer, postbox: Postbox, reply: Reply, told: str
) -> None:
    teams.replies = [reply]
    assert send_due() == 2
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, len(teams.requests)) == ("failed", 1, 1)
    assert told in delivery.last_error
    assert (address().stopped_at, address().error) == (DUE, delivery.last_error)
    assert by_mail(brief).state == "sent"
    assert len(postbox.messages) == 1


def test_a_message_that_is_refused_goes_by_mail_and_the_address_stays(
    brief: Brief, delivery: Delivery, teams: WebServer, postbox: Postbox
) -> None:
    teams.replies = [Reply(413)]
    assert send_due() == 2
    delivery.refresh_from_db()
    assert delivery.last_error == "Teams answered 413 and did not take the message."
    assert address().stopped_at is None
    assert by_mail(brief).state == "sent"


def test_a_webhook_that_leads_inside_is_stopped_and_nothing_is_sent_there(
    brief: Brief, delivery: Delivery, teams: WebServer, postbox: Postbox, settings
) -> None:
    settings.OUTBOUND_ALLOW_LOOPBACK = False
    ChannelAddress.objects.update(address=teams.url(f"/?sig={SECRET}", scheme="https"))
    assert send_due() == 2
    assert teams.requests == []
    assert "not on the public internet" in address().error
    assert by_mail(brief).state == "sent"


@pytest.mark.parametrize("stopped", [True, False])
def test_a_webhook_taken_away_meanwhile_is_not_used(
    brief: Brief, delivery: Delivery, teams: WebServer, postbox: Postbox, stopped: bool
) -> None:
    if stopped:
        ChannelAddress.objects.update(stopped_at=DUE)
    else:
        ChannelAddress.objects.all().delete()
    assert send_due() == 2
    assert teams.requests == []
    assert by_mail(brief).state == "sent"


@pytest.mark.parametrize("reply", [Reply(hangs=True), Reply(drips=0.05), Reply(hangs_up=True)])
def test_a_webhook_that_hangs_is_tried_again_and_is_no_verdict_on_others(
    delivery: Delivery,
    teams: WebServer,
    more,
    monkeypatch: pytest.MonkeyPatch,
    reply: Reply,
) -> None:
    monkeypatch.setattr(outbound, "DEADLINE", 0.3)
    [other] = more("Bo")
    teams.replies = [reply]
    assert send_due() == 2
    delivery.refresh_from_db()
    other.refresh_from_db()
    assert (delivery.state, delivery.attempts, other.state) == ("waiting", 1, "sent")
    assert delivery.last_error.startswith("The webhook cannot be reached.")
    assert address().stopped_at is None


def test_a_host_that_hangs_twice_is_not_asked_again_in_the_same_batch(
    delivery: Delivery, teams: WebServer, more, monkeypatch: pytest.MonkeyPatch, monday: Traveller
) -> None:
    monkeypatch.setattr(outbound, "DEADLINE", 0.3)
    elsewhere = f"http://localhost:{teams.port}/?sig={SECRET}"
    *_, other = more("Bo", "Cy", "Di", "Ed", webhooks=["", "", "", elsewhere])
    teams.replies = [Reply(hangs=True), Reply(hangs=True)]
    started = time.monotonic()
    assert send_due() == 5
    assert time.monotonic() - started < 3
    assert len(teams.requests) == 3
    other.refresh_from_db()
    assert other.state == "sent"
    assert Delivery.objects.filter(state="waiting", attempts=1).count() == 4
    monday.shift(2 * MINUTE)
    assert send_due() == 4
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_many_that_hang_cost_a_batch_no_more_than_its_patience(
    delivery: Delivery, teams: WebServer, more, monkeypatch: pytest.MonkeyPatch, monday: Traveller
) -> None:
    monkeypatch.setattr(outbound, "DEADLINE", 0.3)
    monkeypatch.setattr(teams_channel, "PATIENCE", 0.75)
    with socket.socket() as silent:
        silent.bind(("0.0.0.0", 0))  # noqa: S104  # each of 127.0.0.0/8 is a host of its own
        silent.listen()
        port = silent.getsockname()[1]
        hosts = [f"http://127.0.0.{n}:{port}/?sig={SECRET}" for n in range(2, 6)]
        ChannelAddress.objects.update(address=f"http://127.0.0.1:{port}/?sig={SECRET}")
        more("Bo", "Cy", "Di", "Ed", webhooks=hosts)
        assert send_due() == 3
    attempts = Delivery.objects.order_by("id").values_list("attempts", flat=True)
    assert list(attempts) == [1, 1, 1, 0, 0]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}


def test_a_webhook_s_secret_is_in_no_error_and_no_log(
    brief: Brief,
    delivery: Delivery,
    teams: WebServer,
    postbox: Postbox,
    monday: Traveller,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    monkeypatch.setattr(outbound, "DEADLINE", 0.3)
    told = []
    closed = f"http://127.0.0.1:{free_port()}/?sig={SECRET}"
    webhooks = [closed, f"https://127.0.0.1:{teams.port}/?sig={SECRET}", teams.url(f"/{SECRET}")]
    teams.replies = [
        Reply(hangs=True),
        Reply(hangs_up=True),
        Reply(500, body=SECRET.encode()),
        Reply(404, body=SECRET.encode()),
    ]
    for webhook in [*webhooks, *[webhooks[-1]] * 3]:
        ChannelAddress.objects.update(address=webhook)
        delivery.refresh_from_db()
        monday.move_to(delivery.next_attempt_at)
        send_due()
        delivery.refresh_from_db()
        told.append(delivery.last_error)
    assert len(set(told)) >= 4
    assert all(told)
    assert SECRET not in "".join(told) + address().error + caplog.text
    assert delivery.state == "failed"


def test_a_key_that_is_gone_is_told_and_tried_again(
    delivery: Delivery, teams: WebServer, settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ENCRYPTION_KEYS = ["another key of thirty-two characters"]
    assert send_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, teams.requests) == ("waiting", [])
    assert "cannot be decrypted" in delivery.last_error


def test_what_is_posted_is_utf8(delivery: Delivery, teams: WebServer, lee: Person) -> None:
    Person.objects.filter(pk=lee.pk).update(family_name="Tånaka 🦊")
    send_due()
    assert "Lee Tånaka 🦊".encode() in teams.requests[0].body
    assert json.loads(teams.requests[0].body)["type"] == "message"
