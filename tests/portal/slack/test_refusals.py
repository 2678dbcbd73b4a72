"""Presses that are Slack's and record nothing: whose they are not, what is gone, what is over."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from time_machine import Traveller

from reinforcement.models import Answer, BriefItem, Conversation
from tenants.people.models import Person
from tests.conftest import NOW
from tests.portal.cast import MakePerson
from tests.portal.slack.presses import PLACE, Press, send
from tests.reinforcement.slack.block_kit import text_of
from tests.reinforcement.slack.slack_server import Slack, signed


@pytest.mark.parametrize("user", ["U0BO", "", "u0ada"])
def test_somebody_else_s_press_records_nothing_and_they_are_told(
    item: BriefItem, slack: Slack, press: Press, user: str
) -> None:
    assert press(item, "once", user={"id": user}) == 200
    assert press(item, user={"id": user}) == 200
    assert not Answer.objects.exists()
    assert not Conversation.objects.exists()
    assert {whisper["user"] for whisper in slack.whispers} == {user}
    assert "Nothing was recorded" in slack.whispers[0]["text"]
    assert slack.messages[PLACE] == {}


def test_whoever_got_the_address_of_somebody_else_meanwhile_is_nobody(
    item: BriefItem, ada: Person, press: Press
) -> None:
    Person.objects.filter(pk=ada.pk).update(email="ada.ek@acme.example")
    press(item, "once")
    assert not Answer.objects.exists()


def test_the_manager_who_left_records_nothing(item: BriefItem, ada: Person, press: Press) -> None:
    Person.objects.filter(pk=ada.pk).update(employment_status="terminated")
    press(item, "once")
    press(item)
    assert not Answer.objects.exists()
    assert not Conversation.objects.exists()


def test_a_report_who_moved_away_is_told_and_leaves_the_message(
    item: BriefItem, slack: Slack, lee: Person, nia: Person, press: Press, person: MakePerson
) -> None:
    BriefItem.objects.create(
        brief=item.brief,
        report=nia,
        assignment=item.assignment,
        position=1,
        why="turn",
        moment="starting",
    )
    Person.objects.filter(pk=lee.pk).update(manager=person("Bo", "Ek"))
    press(item, "once")
    press(item)
    assert {w["text"] for w in slack.whispers} == {"Lee is not in your team any more."}
    assert not Answer.objects.exists()
    assert "Lee Tanaka" not in text_of(slack.messages[PLACE]["blocks"])


def test_after_its_time_nothing_is_recorded(
    item: BriefItem, slack: Slack, press: Press, clock: Traveller
) -> None:
    press(item, "once")
    clock.shift(timedelta(days=7))
    press(item, "not-yet")
    assert "That week is over" in slack.whispers[-1]["text"]
    clock.shift(timedelta(days=8))
    press(item)
    assert "good for 14 days" in slack.whispers[-1]["text"]
    assert Answer.objects.get().choice.value == "once"
    assert not Conversation.objects.exists()


def test_an_answer_that_is_gone_is_told(item: BriefItem, slack: Slack, press: Press) -> None:
    press(item, "never-heard-of")
    BriefItem.objects.update(question=None)
    press(item, "once")
    assert [w["text"] for w in slack.whispers] == [
        "The question has changed meanwhile: look at it again."
    ] * 2
    BriefItem.objects.all().delete()
    press(item, "not-yet")
    assert "no longer there" in slack.whispers[-1]["text"]


def test_what_they_are_told_is_escaped(
    item: BriefItem, slack: Slack, lee: Person, press: Press, person: MakePerson
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=person("Bo", "Ek"), given_name="<!channel>")
    press(item, "once")
    assert slack.whispers[0]["text"] == "&lt;!channel&gt; is not in your team any more."


@pytest.mark.parametrize(
    "change",
    [
        {"actions": []},
        {"actions": [{"action_id": "open", "type": "button"}]},
        {"actions": [{"action_id": "answer.0.x", "value": "x once"}]},
        {"actions": [{"action_id": "answer.0.x", "value": ""}]},
        {"actions": [{"action_id": "answer.0.x", "value": None}]},
        {"actions": "answer"},
        {"container": None},
        {"user": []},
        {"type": "view_submission", "actions": None},
    ],
)
def test_what_is_no_press_of_ours_is_acknowledged_and_nothing_more(
    item: BriefItem, slack: Slack, press: Press, change: dict[str, Any]
) -> None:
    assert press(item, "once", **change) == 200
    assert not Answer.objects.exists()
    assert slack.calls == []


@pytest.mark.parametrize("payload", ["", "{", "[]", "null", '"text"', "[" * 2000])
def test_a_payload_that_is_none_is_acknowledged(item: BriefItem, payload: str) -> None:
    body = urlencode({"payload": payload})
    assert send(body, signed(body, at=NOW.timestamp())) == 200
    assert not Answer.objects.exists()
