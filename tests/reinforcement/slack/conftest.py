"""Acme with a Slack, which Ada has chosen for her briefs."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from reinforcement.actions import connect, set_preference
from reinforcement.models import Brief, ChannelConnection, Delivery
from tenants.people.models import Person
from tests.reinforcement.slack.slack_server import SECRET, TOKEN, Slack, serve


@pytest.fixture
def slack(settings: Settings) -> Iterator[Slack]:
    """A Slack of our own, where Ada is U0ADA, and settings that lead to it."""
    with serve() as slack:
        settings.SLACK_API_URL = slack.url
        slack.users = {"ada.lindqvist@acme.example": "U0ADA"}
        yield slack


@pytest.fixture
def connection(slack: Slack, olive: Person) -> ChannelConnection:
    """Olive has connected it."""
    connection = connect(channel="slack", token=TOKEN, signing_secret=SECRET, actor=olive)
    slack.calls.clear()
    return connection


@pytest.fixture
def by_slack(connection: ChannelConnection, ada: Person) -> Person:
    """Ada, who wants her briefs by Slack."""
    set_preference(person=ada, channel="slack", day=None, hour=None, paused_until=None)
    return ada


@pytest.fixture
def delivery(by_slack: Person, brief: Brief) -> Delivery:
    """Ada's brief about Lee, on its way to her by Slack."""
    return brief.deliveries.get()
