"""Ada's brief about Lee, as it stands in Acme's Slack."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from reinforcement.actions import connect
from reinforcement.channels.slack import tasks
from reinforcement.models import BriefItem, ChannelAddress
from tenants.people.models import Person
from tests.portal.cast import WriteBrief
from tests.portal.slack.presses import PLACE, Press, payload_of, send
from tests.reinforcement.slack.slack_server import SECRET, TOKEN, Slack, serve, signed


@pytest.fixture
def slack(settings: Settings) -> Iterator[Slack]:
    with serve() as slack:
        settings.SLACK_API_URL = slack.url
        yield slack


@pytest.fixture
def item(
    slack: Slack, olive: Person, ada: Person, lee: Person, write_brief: WriteBrief
) -> BriefItem:
    """About Lee, in the brief that Ada, U0ADA, has in Acme's Slack since two hours."""
    connect(channel="slack", token=TOKEN, signing_secret=SECRET, actor=olive)
    ChannelAddress.objects.create(person=ada, channel="slack", address=f"U0ADA {ada.email}")
    slack.calls.clear()
    slack.messages[PLACE] = {}
    return write_brief(ada, lee).items.get()


@pytest.fixture
def press(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch) -> Press:
    """``press(item, "once")``: the press arrives, and then the worker does what it left."""
    for task in (tasks.refresh, tasks.whisper):
        monkeypatch.setattr(task, "delay", task)

    def arrive(item: BriefItem, choice: str = "", **change: Any) -> int:
        body = urlencode({"payload": payload_of(item, choice, **change)})
        with django_capture_on_commit_callbacks(execute=True):
            return send(body, signed(body, at=timezone.now().timestamp()))

    return arrive
