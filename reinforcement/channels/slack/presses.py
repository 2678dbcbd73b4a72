"""A press of one of our buttons, as Slack reports it (``block_actions``)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from slack_sdk.signature import SignatureVerifier

from reinforcement.channels.slack.card import ANSWER, TALKED


class NotOurs(ValueError):
    """Something else than a press of one of our buttons."""


@dataclass(frozen=True)
class Press:
    """Who pressed (`user`) which button of which message (`channel`, `ts`).

    `item` is the uid of the brief's item; `answer` the value of a choice, ``""`` for “we talked”.
    """

    user: str
    channel: str
    ts: str
    item: UUID
    answer: str

    @classmethod
    def read(cls, payload: str) -> Self:
        """Raises `NotOurs`."""
        try:
            content = json.loads(payload)
            action, place = content["actions"][0], content["container"]
            kind, value = str(action["action_id"]).partition(".")[0], str(action.get("value", ""))
            uid, _, answer = value.partition(" ")
            if kind not in (ANSWER, TALKED) or bool(answer) != (kind == ANSWER):
                raise NotOurs(kind)
            where = str(place["channel_id"]), str(place["message_ts"])
            return cls(str(content["user"]["id"]), *where, UUID(uid), answer)
        except (LookupError, TypeError, AttributeError, ValueError, RecursionError) as error:
            raise NotOurs(str(error)) from error


def is_signed(body: bytes, headers: Mapping[str, Any], secret: str) -> bool:
    """Whether Slack signed exactly this, at most five minutes ago
    (https://docs.slack.dev/authentication/verifying-requests-from-slack)."""
    timestamp = str(headers.get("X-Slack-Request-Timestamp", ""))
    signature = str(headers.get("X-Slack-Signature", ""))
    if not (secret and timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
        return False
    try:
        return SignatureVerifier(secret).is_valid(body, timestamp[:12], signature)
    except UnicodeDecodeError:  # Slack sends UTF-8
        return False
