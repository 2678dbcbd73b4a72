"""A key that is good no more, and people Slack does not know: all of it goes by mail."""

from datetime import timedelta

import pytest
from time_machine import Traveller

from reinforcement.actions import send_due, write_due_briefs
from reinforcement.channels.slack.refusals import CONNECTION
from reinforcement.models import Brief, ChannelAddress, ChannelConnection, Delivery
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign, MakePerson
from tests.reinforcement.slack.slack_server import Slack
from tests.reinforcement.slack.weeks import FIND, POST, a_week_later, states, two_in_slack


@pytest.mark.parametrize("error", ["token_revoked", "invalid_auth", "account_inactive"])
def test_a_revoked_token_stops_the_connection_and_the_brief_goes_by_mail(
    delivery: Delivery, slack: Slack, mailoutbox: list[object], error: str
) -> None:
    slack.refuse(POST, error)
    assert send_due() == 2
    connection = ChannelConnection.objects.get()
    assert connection.stopped_at == DUE
    assert connection.error == f"{CONNECTION[error]} ({error})"
    assert states() == [("slack", "failed"), ("mail", "sent")]
    assert len(mailoutbox) == 1


def test_when_stopped_all_that_waits_goes_by_mail_without_asking_slack_again(
    delivery: Delivery,
    slack: Slack,
    assign: Assign,
    person: MakePerson,
    mailoutbox: list[object],
) -> None:
    two_in_slack(slack, assign, person)
    slack.tokens.clear()
    send_due()
    slack.calls.clear()
    while send_due():
        pass
    assert slack.calls == []
    assert len(mailoutbox) == 2


def test_the_next_brief_does_not_even_try_a_stopped_connection(
    delivery: Delivery, slack: Slack, monday: Traveller
) -> None:
    slack.refuse(FIND, "token_revoked")
    send_due()
    monday.shift(timedelta(days=7))
    write_due_briefs(now=DUE + timedelta(days=7))
    assert Delivery.objects.latest("id").channel == "mail"


@pytest.mark.parametrize("error", ["user_disabled", "channel_not_found", "cannot_dm_bot"])
def test_who_is_not_in_slack_any_more_gets_mail_and_is_looked_for_next_week(
    delivery: Delivery, slack: Slack, ada: Person, monday: Traveller, error: str
) -> None:
    slack.refuse(POST, error)
    send_due()
    delivery.refresh_from_db()
    assert delivery.last_error == f"Slack finds nobody to write to there ({error})."
    assert states() == [("slack", "failed"), ("mail", "sent")]
    address = ChannelAddress.objects.get(person=ada)
    assert (address.stopped_at, address.error) == (DUE, delivery.last_error)
    assert ChannelConnection.objects.get().stopped_at is None
    a_week_later(monday)
    assert states()[-1] == ("slack", "sent")
    assert slack.calls == [FIND, POST, FIND, POST]
    address.refresh_from_db()
    assert (address.stopped_at, address.error) == (None, "")


def test_whom_slack_does_not_know_gets_mail_until_it_does(
    delivery: Delivery, slack: Slack, ada: Person, monday: Traveller
) -> None:
    slack.users.clear()
    send_due()
    delivery.refresh_from_db()
    assert delivery.last_error == "Nobody in Slack has the address ada.lindqvist@acme.example."
    assert states() == [("slack", "failed"), ("mail", "sent")]
    assert ChannelAddress.objects.get(person=ada).error == delivery.last_error
    a_week_later(monday)
    assert states()[2:] == [("slack", "failed"), ("mail", "sent")]
    Person.objects.filter(pk=ada.pk).update(email="ada@acme.example")
    slack.users["ada@acme.example"] = "U0ADA"
    a_week_later(monday)
    assert states()[-1] == ("slack", "sent")


def test_nobody_is_looked_for_without_an_address(
    delivery: Delivery, slack: Slack, ada: Person
) -> None:
    Person.objects.filter(pk=ada.pk).update(email=None)
    send_due()
    assert states() == [("slack", "failed"), ("portal", "sent")]
    assert slack.calls == []


def test_a_key_that_is_gone_stops_the_connection(
    delivery: Delivery, slack: Slack, settings
) -> None:
    settings.ENCRYPTION_KEYS = ["another key of thirty-two characters"]
    send_due()
    row = ChannelConnection.objects.values("stopped_at", "error").get()
    assert row == {
        "stopped_at": DUE,
        "error": "The stored token cannot be read: connect anew.",
    }
    assert slack.calls == []


def test_globex_s_slack_is_not_acme_s(
    delivery: Delivery, slack: Slack, globex: Company, gus: Person
) -> None:
    with working_for(globex):
        assert not ChannelConnection.objects.exists()
        week = {"iso_year": 2026, "iso_week": 47, "due_at": DUE, "written_at": DUE}
        theirs = Brief.objects.create(manager=gus, state="written", **week)
        waiting = Delivery.objects.create(
            brief=theirs, recipient=gus, channel="slack", next_attempt_at=DUE, message_id="<a@b>"
        )
        slack.users["gus.moreno@globex.example"] = "U0GUS"
        send_due()
        waiting.refresh_from_db()
        assert waiting.state == "failed"
    assert slack.calls == []
