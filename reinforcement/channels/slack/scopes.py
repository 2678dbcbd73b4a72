"""What the app may do in Slack: no more than it needs."""

import re
from typing import Final

from slack_sdk.web import SlackResponse

TOKEN: Final = re.compile(r"xoxb-[A-Za-z0-9-]+")
"""A bot's (https://docs.slack.dev/authentication/tokens); nothing that a header cannot hold."""

SCOPES: Final = frozenset({"chat:write", "users:read", "users:read.email"})


def granted(response: SlackResponse) -> frozenset[str]:
    """The scopes of the token that was used; all we need, where Slack does not say."""
    headers = {str(name).lower(): str(value) for name, value in response.headers.items()}
    if "x-oauth-scopes" not in headers:
        return SCOPES
    return frozenset(scope.strip() for scope in headers["x-oauth-scopes"].split(","))
