"""What Slack sends when somebody presses a button, and what it is answered with."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from reinforcement.models import BriefItem

PLACE = ("D0ADA", "1763300000.000200")
FORM = "application/x-www-form-urlencoded"
Press = Callable[..., int]


def payload_of(item: BriefItem, choice: str = "", **change: Any) -> str:
    """What Slack sends when a button is pressed: one of the answers, or “we talked”."""
    button = {
        "type": "button",
        "block_id": "AbCd",
        "action_id": f"answer.0.{item.uid}" if choice else f"talked.{item.uid}",
        "value": f"{item.uid} {choice}" if choice else str(item.uid),
        "action_ts": str(timezone.now().timestamp()),
    }
    payload = {
        "type": "block_actions",
        "user": {"id": "U0ADA", "team_id": "T012AB3C4"},
        "team": {"id": "T012AB3C4", "domain": "acme"},
        "container": {"type": "message", "channel_id": PLACE[0], "message_ts": PLACE[1]},
        "channel": {"id": PLACE[0], "name": "directmessage"},
        "response_url": "https://hooks.slack.com/actions/T012AB3C4/1/x",
        "actions": [button],
    }
    return json.dumps(payload | change)


def send(body: str, headers: dict[str, str], host: str = "acme.localhost") -> int:
    """What Slack's request is answered with."""
    client = Client(headers={"host": host}, enforce_csrf_checks=True)
    response = client.post("/slack/actions", body, content_type=FORM, headers=headers)
    assert response.content == b""
    assert not response.cookies
    return response.status_code
