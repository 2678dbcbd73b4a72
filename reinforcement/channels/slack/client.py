"""Slack's Web API for one workspace, with its failures told in the outbox's terms."""

from collections.abc import Callable
from http.client import HTTPException
from typing import Any

from django.conf import settings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from reinforcement.channels.base import Unreachable
from reinforcement.channels.slack.blocks import Message
from reinforcement.channels.slack.refusals import failure_of

TIMEOUT = 10  # seconds: a hanging Slack costs no more
QUIET = {"unfurl_links": False, "unfurl_media": False}


class SlackClient:
    """Every method raises a `TemporaryFailure` or a `PermanentFailure`, never Slack's own errors.

    Nothing is tried again here: the outbox does that.
    """

    def __init__(self, token: str) -> None:
        self._web = WebClient(
            token, base_url=settings.SLACK_API_URL, timeout=TIMEOUT, retry_handlers=[]
        )

    def whoami(self) -> SlackResponse:
        """Which workspace the token is for (`auth.test`); its headers name the token's scopes."""
        return _asked(self._web.auth_test)

    def find(self, email: str) -> str:
        """The id of the user with that address. A deactivated one is nobody."""
        user = _asked(self._web.users_lookupByEmail, email=email).get("user") or {}
        return str(user["id"])

    def post(self, user: str, message: Message) -> tuple[str, str]:
        """Write to a user directly; returns the channel and the `ts` that name the message."""
        sent = _asked(self._web.chat_postMessage, channel=user, **message.content, **QUIET)
        return str(sent["channel"]), str(sent["ts"])

    def update(self, channel: str, ts: str, message: Message) -> None:
        _asked(self._web.chat_update, channel=channel, ts=ts, **message.content)

    def whisper(self, channel: str, user: str, text: str) -> None:
        """Say something that only this user sees, and only until they reload. `text` is mrkdwn."""
        _asked(self._web.chat_postEphemeral, channel=channel, user=user, text=text)


def _asked(method: Callable[..., SlackResponse], **content: Any) -> SlackResponse:
    try:
        return method(**content)
    except SlackApiError as error:
        raise failure_of(error.response) from error
    except (OSError, HTTPException) as error:  # no connection, no answer in time, half an answer
        raise Unreachable(f"Slack cannot be reached: {error}") from error
