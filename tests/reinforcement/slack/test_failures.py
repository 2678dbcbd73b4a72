"""Slack's bad days: what waits, what is tried again, and what nobody may read of it."""

import time
from datetime import timedelta

import pytest
from time_machine import Traveller

from reinforcement.actions import send_due, write_due_briefs
from reinforcement.channels.slack import client
from reinforcement.models import ChannelConnection, Delivery
from tests.reinforcement.cast import DUE, Assign, MakePerson
from tests.reinforcement.slack.slack_server import Slack
from tests.reinforcement.slack.weeks import FIND, MINUTE, POST, states, two_in_slack
from tests.reinforcement.smtp import free_port


def test_a_429_is_honoured_and_nothing_else_goes_there_before(
    delivery: Delivery,
    slack: Slack,
    assign: Assign,
    person: MakePerson,
    monday: Traveller,
) -> None:
    two_in_slack(slack, assign, person)
    slack.refuse(POST, "ratelimited", status=429, retry_after=300)
    assert send_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert delivery.next_attempt_at >= DUE + timedelta(seconds=300)
    assert ChannelConnection.objects.get().not_before == DUE + timedelta(seconds=300)
    monday.shift(timedelta(seconds=299))
    assert send_due() == 0
    assert slack.messages == {}
    monday.shift(5 * MINUTE)
    assert send_due() == 2
    assert len(slack.messages) == 2


@pytest.mark.parametrize(
    ("wait", "least"), [("", 60), ("soon", 60), ("-5", 60), ("999999999999", 86_400)]
)
def test_a_429_that_says_nothing_sensible_waits_as_always(
    delivery: Delivery, slack: Slack, wait: str, least: int
) -> None:
    slack.refuse(POST, "ratelimited", status=429, retry_after=wait)
    send_due()
    delivery.refresh_from_db()
    assert delivery.state == "waiting"
    assert least <= (delivery.next_attempt_at - DUE).total_seconds() <= 1.25 * least


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503, "body": "<html>Service unavailable</html>"},
        {"status": 500, "error": "internal_error"},
        {"status": 200, "error": "fatal_error"},
        {"status": 200, "body": "<html>Please sign in to this network</html>"},
        {"status": 200, "body": "null"},
    ],
)
def test_trouble_of_slack_s_own_is_tried_again(
    delivery: Delivery, slack: Slack, monday: Traveller, answer: dict[str, object]
) -> None:
    slack.refuse(POST, **answer)  # type: ignore[arg-type]
    send_due()
    assert states() == [("slack", "waiting")]
    monday.shift(2 * MINUTE)
    send_due()
    assert states() == [("slack", "sent")]


def test_a_message_slack_does_not_take_goes_by_mail(delivery: Delivery, slack: Slack) -> None:
    slack.refuse(POST, "invalid_blocks")
    send_due()
    delivery.refresh_from_db()
    assert delivery.last_error == "Slack refused the message (invalid_blocks)."
    assert states() == [("slack", "failed"), ("mail", "sent")]
    assert ChannelConnection.objects.get().stopped_at is None


def test_a_slack_that_hangs_costs_one_timeout_and_no_mail(
    delivery: Delivery,
    slack: Slack,
    assign: Assign,
    person: MakePerson,
    monkeypatch: pytest.MonkeyPatch,
    mailoutbox: list[object],
) -> None:
    assert client.TIMEOUT <= 10
    monkeypatch.setattr(client, "TIMEOUT", 0.5)
    two_in_slack(slack, assign, person)
    assign(person("Di", "Oh", manager=person("Flo", "Ek")))
    write_due_briefs(now=DUE)
    slack.hanging = True
    began = time.perf_counter()
    assert send_due() == 2
    assert time.perf_counter() - began < 5
    assert slack.calls == [FIND]
    assert len(mailoutbox) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert "timed out" in delivery.last_error


def test_a_slack_that_is_down_is_tried_again(
    delivery: Delivery, slack: Slack, settings, monday: Traveller
) -> None:
    settings.SLACK_API_URL = f"http://127.0.0.1:{free_port()}/api/"
    send_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert "refused" in delivery.last_error
    settings.SLACK_API_URL = slack.url
    monday.shift(2 * MINUTE)
    send_due()
    assert states() == [("slack", "sent")]


def test_a_worker_that_died_after_sending_sends_a_second_one_to_the_same_buttons(
    delivery: Delivery, slack: Slack, monday: Traveller
) -> None:
    send_due()
    Delivery.objects.update(state="sending", provider_id="", next_attempt_at=DUE + MINUTE)
    monday.shift(MINUTE)
    send_due()
    first, second = (message["blocks"] for message in slack.messages.values())
    assert first == second


def test_neither_token_nor_secret_reach_a_log(
    delivery: Delivery, slack: Slack, caplog: pytest.LogCaptureFixture, monday: Traveller
) -> None:
    caplog.set_level("DEBUG")
    caplog.set_level("DEBUG", logger="slack_sdk")
    stored = ChannelConnection.objects.get()
    for error in ("", "internal_error", "token_revoked"):
        if error:
            slack.refuse(POST, error)
        Delivery.objects.update(state="waiting", next_attempt_at=DUE)
        send_due()
    assert "chat.postMessage" in caplog.text
    assert stored.token not in caplog.text
    assert stored.signing_secret not in caplog.text
    assert stored.token not in "".join(Delivery.objects.values_list("last_error", flat=True))
