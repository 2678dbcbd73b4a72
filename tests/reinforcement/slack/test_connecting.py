"""Olive connects Acme's Slack, renews it, and takes it away again."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django.fixtures import Settings

from reinforcement.actions import connect, disconnect, send_due
from reinforcement.models import ChannelAddress, ChannelConnection, Delivery
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.reinforcement.cast import DUE
from tests.reinforcement.slack.slack_server import SECRET, TOKEN, Slack
from tests.reinforcement.smtp import free_port


def refused(actor: Person, token: str = TOKEN, secret: str = SECRET) -> dict[str, list[str]]:
    """What each field says when it is not taken."""
    with pytest.raises(ValidationError) as caught:
        connect(channel="slack", token=token, signing_secret=secret, actor=actor)
    return caught.value.message_dict


def test_it_is_kept_under_the_name_slack_gives(slack: Slack, olive: Person) -> None:
    connection = connect(
        channel="slack", token=f" {TOKEN}\n", signing_secret=f" {SECRET} ", actor=olive, now=NOW
    )
    connection.refresh_from_db()
    assert connection.workspace == "Acme (acme.slack.com)"
    assert (connection.token, connection.signing_secret) == (TOKEN, SECRET)
    assert (connection.connected_by, connection.connected_at) == (olive, NOW)
    assert slack.calls == ["auth.test"]


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("xoxb-another", "Slack does not know this token"),
        ("xoxp-2345-a-person-s", "it begins with xoxb-"),
        ("xoxb-2345\r\nX-Evil: 1", "it begins with xoxb-"),
        ("xoxb-tøken", "it begins with xoxb-"),
        (" ", "Paste it here"),
    ],
)
def test_a_token_slack_refuses_is_told_at_its_field_and_nothing_is_stored(
    slack: Slack, olive: Person, token: str, told: str
) -> None:
    errors = refused(olive, token=token)
    assert set(errors) == {"token"}
    assert told in errors["token"][0]
    assert not ChannelConnection.objects.exists()


def test_a_token_without_the_scopes_says_which(slack: Slack, olive: Person) -> None:
    slack.scopes = "chat:write,users:read"
    [told] = refused(olive)["token"]
    assert told.startswith("The token lacks users:read.email: add it to the app")


def test_a_secret_is_needed(slack: Slack, olive: Person) -> None:
    assert set(refused(olive, secret=" ")) == {"signing_secret"}
    assert slack.calls == []


@pytest.mark.parametrize("how", [{"status": 429, "retry_after": 30}, {"status": 502}])
def test_a_slack_that_cannot_say_now_is_told_too(
    slack: Slack, olive: Person, how: dict[str, Any]
) -> None:
    slack.refuse("auth.test", **how)
    [told] = refused(olive)["token"]
    assert told.startswith("Slack ")
    assert not ChannelConnection.objects.exists()


def test_a_slack_that_cannot_be_reached_is_told_too(olive: Person, settings: Settings) -> None:
    settings.SLACK_API_URL = f"http://127.0.0.1:{free_port()}/api/"
    assert refused(olive)["token"][0].startswith("Slack cannot be reached")


def test_what_is_refused_leaves_the_earlier_connection_as_it_was(
    connection: ChannelConnection, olive: Person
) -> None:
    refused(olive, token="xoxb-another")
    connection.refresh_from_db()
    assert connection.token == TOKEN


def test_connecting_anew_starts_what_was_stopped(
    delivery: Delivery, connection: ChannelConnection, slack: Slack, olive: Person
) -> None:
    ChannelConnection.objects.update(
        stopped_at=DUE, error="token_revoked", not_before=DUE + timedelta(days=1)
    )
    slack.tokens.add("xoxb-newer")
    connect(channel="slack", token="xoxb-newer", signing_secret=SECRET, actor=olive)
    renewed = ChannelConnection.objects.get()
    assert (renewed.pk, renewed.token) == (connection.pk, "xoxb-newer")
    assert (renewed.stopped_at, renewed.error, renewed.not_before) == (None, "", None)
    send_due()
    delivery.refresh_from_db()
    assert delivery.state == "sent"


@pytest.mark.parametrize(("team", "kept"), [("Acme", True), ("Megacorp", False)])
def test_another_workspace_has_other_people(
    delivery: Delivery, slack: Slack, olive: Person, team: str, kept: bool
) -> None:
    send_due()
    slack.team = team
    connect(channel="slack", token=TOKEN, signing_secret=SECRET, actor=olive)
    assert ChannelAddress.objects.exists() is kept


def test_it_is_renewed_where_the_stored_one_cannot_be_read(
    connection: ChannelConnection, olive: Person, settings: Settings
) -> None:
    settings.ENCRYPTION_KEYS = ["another key of thirty-two characters"]
    connect(channel="slack", token=TOKEN, signing_secret=SECRET, actor=olive)
    assert ChannelConnection.objects.get().token == TOKEN


def test_what_cannot_be_read_can_be_disconnected(
    delivery: Delivery, slack: Slack, settings: Settings
) -> None:
    send_due()
    settings.ENCRYPTION_KEYS = ["another key of thirty-two characters"]
    assert disconnect(channel="slack")
    assert not ChannelConnection.objects.exists()
    assert not ChannelAddress.objects.exists()


def test_disconnecting_forgets_the_key_and_who_is_who_and_the_rest_goes_by_mail(
    delivery: Delivery, slack: Slack, ada: Person, mailoutbox: list[object]
) -> None:
    ChannelAddress.objects.create(person=ada, channel="slack", address="U0ADA")
    ChannelAddress.objects.create(person=ada, channel="teams", address="https://example.com")
    assert disconnect(channel="slack")
    assert not disconnect(channel="slack")
    assert not ChannelConnection.objects.exists()
    assert ChannelAddress.objects.get().channel == "teams"
    while send_due():
        pass
    assert (len(slack.messages), len(mailoutbox)) == (0, 1)


def test_each_company_has_its_own(
    connection: ChannelConnection, globex: Company, gus: Person, slack: Slack
) -> None:
    slack.tokens.add("xoxb-globex")
    with working_for(globex):
        connect(channel="slack", token="xoxb-globex", signing_secret=SECRET, actor=gus)
        disconnect(channel="slack")
    assert ChannelConnection.objects.get().token == TOKEN
