"""Buttons pressed in Slack: what is recorded, and what the message shows then."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks
from time_machine import Traveller

from reinforcement.channels import Unreachable
from reinforcement.channels.slack import tasks
from reinforcement.models import Answer, BriefItem, ChannelConnection, Conversation
from tenants.people.models import Person
from tests.conftest import NOW
from tests.portal.slack.presses import PLACE, Press, payload_of, send
from tests.reinforcement.slack.block_kit import buttons_of, text_of
from tests.reinforcement.slack.slack_server import Slack, signed


def test_an_answer_is_recorded_and_the_message_shows_it(
    item: BriefItem, slack: Slack, press: Press
) -> None:
    assert press(item, "not-yet") == 200
    answer = Answer.objects.get(item=item)
    assert (answer.choice.value, answer.via) == ("not-yet", "slack")
    assert slack.calls == ["chat.update"]
    shown = slack.messages[PLACE]["blocks"]
    assert "✓ You said “Not yet”. You can change it until your next brief." in text_of(shown)
    assert [b["value"] for b in buttons_of(shown) if "style" in b] == [f"{item.uid} not-yet"]


def test_slack_is_answered_before_it_is_asked_for_anything(item: BriefItem, slack: Slack) -> None:
    """It waits three seconds; what it has to do itself comes after."""
    slack.hanging = True
    body = urlencode({"payload": payload_of(item, "not-yet")})
    with CaptureQueriesContext(database) as queries:
        assert send(body, signed(body, at=NOW.timestamp())) == 200
    assert slack.calls == []
    assert Answer.objects.count() == 1
    assert len(queries) < 40


def test_what_the_answer_changed_is_told(item: BriefItem, slack: Slack, press: Press) -> None:
    press(item, "most-of-the-time")
    [whisper] = slack.whispers
    assert (whisper["channel"], whisper["user"]) == ("D0ADA", "U0ADA")
    assert "set aside, Lee already shows it" in whisper["text"]
    assert "Set aside since:" in text_of(slack.messages[PLACE]["blocks"])


def test_another_answer_replaces_the_first(item: BriefItem, press: Press) -> None:
    press(item, "not-yet")
    press(item, "once")
    assert Answer.objects.get(item=item).choice.value == "once"


def test_we_talked_is_recorded_once_and_the_message_shows_it(
    item: BriefItem, slack: Slack, press: Press, ada: Person, lee: Person, clock: Traveller
) -> None:
    assert press(item) == 200
    clock.shift(timedelta(days=1))
    assert press(item) == 200
    talk = Conversation.objects.get()
    assert (talk.manager, talk.report, talk.item, talk.via) == (ada, lee, item, "slack")
    shown = slack.messages[PLACE]["blocks"]
    assert "✓ You talked on Wednesday 18 November." in text_of(shown)
    assert "We talked" not in text_of(shown)


def test_while_sending_is_stopped_buttons_still_count(item: BriefItem, press: Press) -> None:
    ChannelConnection.objects.update(stopped_at=NOW, error="missing_scope")
    assert press(item, "once") == 200
    assert Answer.objects.count() == 1


def test_a_slack_that_is_slow_with_the_message_is_asked_again_later(
    item: BriefItem, slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[float] = []

    def retry(*, exc: Exception, countdown: float) -> Exception:
        again.append(countdown)
        return exc

    monkeypatch.setattr(tasks.refresh, "retry", retry)
    slack.refuse("chat.update", "ratelimited", status=429, retry_after=30)
    slack.refuse("chat.update", status=503)
    for _ in range(2):
        with pytest.raises(Unreachable, match="Slack"):
            tasks.refresh(item.brief_id, *PLACE)
    assert again == [30, 5]
    tasks.refresh(item.brief_id, *PLACE)
    assert slack.messages[PLACE]["blocks"]


def test_a_message_that_was_deleted_is_no_error(
    item: BriefItem, slack: Slack, press: Press, caplog: pytest.LogCaptureFixture
) -> None:
    slack.messages.clear()
    assert press(item, "once") == 200
    assert Answer.objects.count() == 1
    assert "message_not_found" in caplog.text


def test_a_queue_that_is_down_undoes_nothing(
    item: BriefItem,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def down(*_: object) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.refresh, "delay", down)
    body = urlencode({"payload": payload_of(item, "once")})
    with django_capture_on_commit_callbacks(execute=True):
        assert send(body, signed(body, at=NOW.timestamp())) == 200
    assert Answer.objects.count() == 1
