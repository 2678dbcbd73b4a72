"""Whether a request is Slack's, new, and for this company."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from time_machine import Traveller

from reinforcement.actions import connect, disconnect
from reinforcement.models import Answer, BriefItem
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.portal.cast import Visit
from tests.portal.slack.presses import FORM, payload_of, send
from tests.reinforcement.slack.slack_server import SECRET, Slack, signed


def tampered(body: str) -> str:
    return body.replace("once", "most-of-the-time")


@pytest.mark.parametrize(
    "forge",
    [
        lambda body, headers: (body, {}),
        lambda body, headers: (tampered(body), headers),
        lambda body, headers: (body, signed(body, at=NOW.timestamp(), secret="another")),
        lambda body, headers: (body, signed(body, at=NOW.timestamp() - 301)),
        lambda body, headers: (body, signed(body, at=NOW.timestamp() + 301)),
        lambda body, headers: (body, headers | {"X-Slack-Request-Timestamp": "now"}),
        lambda body, headers: (body, headers | {"X-Slack-Request-Timestamp": "²"}),
        lambda body, headers: (body, headers | {"X-Slack-Request-Timestamp": "9" * 400}),
        lambda body, headers: (body, headers | {"X-Slack-Signature": "v0=ünicode"}),
        lambda body, headers: (body, headers | {"X-Slack-Signature": ""}),
        lambda body, headers: ("\udcff", headers),
    ],
)
def test_what_slack_did_not_sign_is_refused_without_a_word(
    item: BriefItem, forge: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    body = urlencode({"payload": payload_of(item, "once")})
    body, headers = forge(body, signed(body, at=NOW.timestamp()))
    client = Client(headers={"host": "acme.localhost"})
    response = client.post(
        "/slack/actions",
        body.encode(errors="surrogateescape"),
        content_type=FORM,
        headers=headers,
    )
    assert (response.status_code, response.content) == (401, b"")
    assert not Answer.objects.exists()
    assert SECRET not in caplog.text
    assert str(item.uid) not in caplog.text


def test_the_same_request_twice_is_one(item: BriefItem, clock: Traveller) -> None:
    """Somebody who got hold of it cannot turn an answer back with it."""
    once = urlencode({"payload": payload_of(item, "once")})
    headers = signed(once, at=NOW.timestamp())
    assert send(once, headers) == 200
    clock.shift(timedelta(seconds=20))
    later = urlencode({"payload": payload_of(item, "not-yet")})
    assert send(later, signed(later, at=timezone.now().timestamp())) == 200
    assert send(once, headers) == 200
    assert Answer.objects.get().choice.value == "not-yet"


def test_where_the_secret_cannot_be_read_nothing_is_taken(
    item: BriefItem, settings: Settings
) -> None:
    settings.ENCRYPTION_KEYS = ["another key of thirty-two characters"]
    body = urlencode({"payload": payload_of(item, "once")})
    assert send(body, signed(body, at=NOW.timestamp())) == 401
    assert not Answer.objects.exists()


def test_without_a_connection_nothing_is_taken(item: BriefItem) -> None:
    body = urlencode({"payload": payload_of(item, "once")})
    headers = signed(body, at=NOW.timestamp())
    disconnect(channel="slack")
    assert send(body, headers) == 401
    assert send(body, signed(body, at=NOW.timestamp(), secret="")) == 401
    assert not Answer.objects.exists()


def test_acme_s_signature_is_refused_at_globex_with_the_same_keys(
    item: BriefItem, globex: Company, gus: Person, slack: Slack
) -> None:
    slack.tokens.add("xoxb-globex")
    with working_for(globex):
        connect(channel="slack", token="xoxb-globex", signing_secret="another", actor=gus)
    body = urlencode({"payload": payload_of(item, "once")})
    assert send(body, signed(body, at=NOW.timestamp()), "globex.localhost") == 401
    theirs = signed(body, at=NOW.timestamp(), secret="another")
    assert send(body, theirs) == 401
    assert send(body, theirs, "globex.localhost") == 200  # theirs, about nothing of theirs
    with working_for(globex):
        assert not Answer.objects.exists()
    assert not Answer.objects.exists()


def test_nothing_but_a_post_is_answered(item: BriefItem, visit: Visit, acme: Company) -> None:
    assert visit(acme).get("/slack/actions").status_code == 405


def test_the_root_domain_takes_none(item: BriefItem) -> None:
    body = urlencode({"payload": payload_of(item, "once")})
    client = Client(headers={"host": "localhost"})
    headers = signed(body, at=NOW.timestamp())
    assert client.post("/slack/actions", body, FORM, headers=headers).status_code == 404
