"""A brief by mail."""

from reinforcement.channels.mail.channel import MailChannel

__all__ = ["MailChannel"]
