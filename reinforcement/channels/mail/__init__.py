"""Every kind of message by mail."""

from reinforcement.channels.mail.channel import MailChannel

CHANNEL = MailChannel
