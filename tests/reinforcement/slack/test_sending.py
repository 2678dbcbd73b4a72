"""A brief by Slack: whom it reaches, what it says, what it costs."""

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from reinforcement.actions import answer, hold_conversation, send_due, write_due_briefs
from reinforcement.channels.slack.blocks import compose
from reinforcement.channels.slack.channel import SlackChannel
from reinforcement.models import Brief, ChannelAddress, ChannelConnection, Delivery
from tenants.companies.connections import connection as database
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign, MakePerson
from tests.reinforcement.slack.block_kit import buttons_of, faults_of, text_of
from tests.reinforcement.slack.slack_server import Slack


def test_a_brief_goes_to_its_manager_as_a_direct_message(delivery: Delivery, slack: Slack) -> None:
    assert send_due() == 1
    delivery.refresh_from_db()
    assert (delivery.channel, delivery.state, delivery.attempts) == ("slack", "sent", 1)
    [(channel, ts)] = slack.messages
    assert delivery.provider_id == f"{channel}:{ts}"
    assert slack.latest["channel"] == "U0ADA"
    assert slack.latest["text"] == "This week: talk with Lee. About a minute."
    assert (slack.latest["unfurl_links"], slack.latest["unfurl_media"]) == (False, False)


def test_it_says_what_the_brief_says(delivery: Delivery, slack: Slack) -> None:
    send_due()
    item = Brief.objects.get().items.get()
    blocks = slack.latest["blocks"]
    said = text_of(blocks)
    assert faults_of(blocks) == []
    assert "*Lee Tanaka* · Account Executive" in said
    assert "Starts now." in said
    assert item.plan_step
    assert f"*Working on now:* {item.plan_step.step.title} (0 of " in said
    assert "This helps you close deals faster, because two of your demos ended" in said
    assert item.prompt
    assert f"> {item.prompt.said_about('Lee')}" in said
    assert item.question
    assert item.question.asked_about("Lee") in said
    talked, *answers, week = buttons_of(blocks)
    choices = item.question.choices.all()
    assert [(b["text"]["text"], b["value"]) for b in answers] == [
        (choice.label, f"{item.uid} {choice.value}") for choice in choices
    ]
    assert (talked["text"]["text"], talked["value"]) == ("We talked", str(item.uid))
    assert week["url"] == "http://acme.localhost:8000/week/"
    assert "style" not in answers[0]


def test_who_they_are_in_slack_is_asked_once(
    delivery: Delivery, slack: Slack, ada: Person, monday: Traveller
) -> None:
    send_due()
    monday.shift(timedelta(days=7))
    write_due_briefs(now=DUE + timedelta(days=7))
    send_due()
    assert slack.calls == ["users.lookupByEmail", "chat.postMessage", "chat.postMessage"]
    kept = ChannelAddress.objects.get(person=ada)
    assert (kept.channel, kept.address) == ("slack", "U0ADA ada.lindqvist@acme.example")


def test_with_another_address_they_are_looked_for_anew(
    delivery: Delivery, slack: Slack, ada: Person, monday: Traveller
) -> None:
    send_due()
    Person.objects.filter(pk=ada.pk).update(email="ada.ek@acme.example")
    slack.users["ada.ek@acme.example"] = "U0EK"
    monday.shift(timedelta(days=7))
    write_due_briefs(now=DUE + timedelta(days=7))
    send_due()
    assert [message["channel"] for message in slack.messages.values()] == ["U0ADA", "U0EK"]


def test_what_is_said_and_done_meanwhile_shows(
    delivery: Delivery, ada: Person, lee: Person
) -> None:
    brief = Brief.objects.select_related("manager").get()
    item = brief.items.get()
    assert item.question
    choice = item.question.choices.all()[0]
    answer(item=item, choice=choice, via="portal", actor=ada, note="between us")
    hold_conversation(manager=ada, report=lee, item=item, via="portal", note="her own")
    message = compose(brief)
    assert message
    said = text_of(message.blocks)
    assert f"✓ You said “{choice.label}”." in said
    assert "✓ You talked on Monday 16 November." in said
    assert "That is all for this week." in said
    assert [b["text"]["text"] for b in buttons_of(message.blocks) if "style" in b] == [choice.label]
    assert "We talked" not in said
    assert "between us" not in said
    assert "her own" not in said


@pytest.mark.parametrize("lacking", ["question", "prompt", "plan_step"])
def test_it_works_where_something_is_lacking(
    delivery: Delivery, slack: Slack, lee: Person, lacking: str
) -> None:
    Brief.objects.get().items.update(**{lacking: None})
    Person.objects.filter(pk=lee.pk).update(job_title="", family_name="")
    assert send_due() == 1
    blocks = slack.latest["blocks"]
    assert "*Lee*\nStarts now." in text_of(blocks)
    names = [button["text"]["text"] for button in buttons_of(blocks)]
    assert names[0] == "We talked"
    assert names[-1] == "Open my week"
    assert "That is all" not in text_of(blocks)
    assert (len(names) == 2) == (lacking == "question")


def test_it_is_in_the_manager_s_language_and_time(
    delivery: Delivery, ada: Person, lee: Person
) -> None:
    """The day they talked is the day it was where Ada is, named as she does."""
    Person.objects.filter(pk=ada.pk).update(locale="de", time_zone="Pacific/Auckland")
    brief = Brief.objects.select_related("manager").get()
    hold_conversation(manager=brief.manager, report=lee, item=brief.items.get(), via="slack")
    message = compose(brief)
    assert message
    assert "Ihr habt am Montag, 16. November gesprochen." in text_of(message.blocks)


def test_nobody_left_to_talk_about_is_no_message(
    delivery: Delivery, slack: Slack, lee: Person, person: MakePerson
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=person("Bo", "Ek"))
    send_due()
    delivery.refresh_from_db()
    assert (delivery.state, slack.messages) == ("failed", {})
    assert delivery.last_error == "Nobody in it is in the manager's team any more."


def test_who_is_also_on_a_path_gets_one_line(
    by_slack: Person, assign: Assign, slack: Slack, acme: Company, person: MakePerson
) -> None:
    for number in range(6):
        assign(person(f"Bo{number}", "Ek", manager=by_slack))
    write_due_briefs(now=DUE)
    send_due()
    assert text_of(slack.latest["blocks"]).count("We talked") < 6
    assert "Also on a path: " in text_of(slack.latest["blocks"])
    assert faults_of(slack.latest["blocks"]) == []


@pytest.mark.parametrize("people", [6, 12])
def test_another_message_costs_seven_queries_however_many_people(
    by_slack: Person, assign: Assign, slack: Slack, person: MakePerson, people: int
) -> None:
    """The first one also costs the connection, and keeping who they are (with its savepoints)."""
    for number in range(people):
        assign(person(f"Bo{number}", "Ek", manager=by_slack))
    write_due_briefs(now=DUE)
    delivery = Delivery.objects.select_related("recipient", "brief__manager").get()
    channel, counts = SlackChannel(), []
    for _ in range(2):
        with CaptureQueriesContext(database) as queries:
            channel.send(delivery)
        counts.append(sum("SET search_path" not in query["sql"] for query in queries))
    assert counts == [14, 7]


def test_the_token_and_the_secret_are_not_in_the_database_in_clear(
    connection: ChannelConnection,
) -> None:
    with database.cursor() as cursor:
        cursor.execute("SELECT token, signing_secret FROM reinforcement_channelconnection")
        stored = " ".join(cursor.fetchone())
    assert connection.token not in stored
    assert connection.signing_secret not in stored
