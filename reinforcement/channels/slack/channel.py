from functools import cached_property
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from reinforcement.channels.base import Channel, ConnectionRevoked, PermanentFailure
from reinforcement.channels.slack.blocks import compose
from reinforcement.channels.slack.client import SlackClient
from reinforcement.channels.slack.members import SLACK, find_member, member_of
from reinforcement.channels.slack.scopes import SCOPES, TOKEN, granted
from reinforcement.models import ChannelConnection, Delivery
from tenants.companies.encryption import Unreadable


class SlackChannel(Channel):
    """A direct message from the company's own Slack app, with real buttons.

    Slack keeps no id of ours: a worker killed between sending and noting it sends a second one.
    """

    name: ClassVar = SLACK
    label: ClassVar = "Slack"
    needs_connection: ClassVar = True
    guide: ClassVar = "reinforcement/connections/slack.html"
    about: ClassVar = _("A direct message; you answer by its buttons.")

    @classmethod
    def identify(cls, token: str) -> str:
        """As in ``Acme (acme.slack.com)``, which no other workspace has."""
        if not TOKEN.fullmatch(token):
            raise PermanentFailure("This is no bot token: it begins with xoxb-.")
        me = SlackClient(token).whoami()
        if missing := SCOPES - granted(me):
            raise PermanentFailure(
                f"The token lacks {', '.join(sorted(missing))}: add it to the app under “OAuth & "
                "Permissions”, install the app again, and paste the token that it shows then."
            )
        host = str(me.get("url") or "").removeprefix("https://").rstrip("/")
        return f"{me.get('team')} ({host})"

    def send(self, delivery: Delivery) -> str:
        """Two calls where the reader is not known yet, else one. Returns ``channel:ts``.

        Seven queries; one more for the first message of a batch, and what it takes to keep who
        somebody is.
        """
        brief = delivery.brief
        assert brief is not None  # noqa: S101  # what it carries
        message = compose(brief)
        if message is None:
            raise PermanentFailure("Nobody in it is in the manager's team any more.")
        slack, reader = self._slack, delivery.recipient
        user = member_of(reader) or find_member(reader, slack)
        channel, ts = slack.post(user, message)
        return f"{channel}:{ts}"

    @cached_property
    def _slack(self) -> SlackClient:
        return client()


def client() -> SlackClient:
    """The current company's Slack. Raises `PermanentFailure` where there is none to write to."""
    try:
        connection = ChannelConnection.objects.filter(channel=SLACK, stopped_at=None).first()
    except Unreadable as error:
        raise ConnectionRevoked("The stored token cannot be read: connect anew.") from error
    if connection is None:
        raise PermanentFailure("Slack is not connected.")
    return SlackClient(connection.token)


def signing_secret() -> str:
    """What Slack signs its requests with, also while it lets us send nothing; ``""`` for none."""
    secrets = ChannelConnection.objects.filter(channel=SLACK).values_list("signing_secret")
    try:
        return next((secret for (secret,) in secrets), "")
    except Unreadable:
        return ""
