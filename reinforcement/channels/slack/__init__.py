"""Briefs as direct messages in the company's Slack; their buttons answer to `portal.slack`."""

from reinforcement.channels.slack import tasks as tasks  # so that workers know them
from reinforcement.channels.slack.channel import SlackChannel

CHANNEL = SlackChannel
