"""Ways a brief reaches its manager: one folder each. Adding a channel means adding a folder."""

from reinforcement.channels.base import Channel, PermanentFailure, TemporaryFailure, Unreachable
from reinforcement.channels.mail import MailChannel
from reinforcement.models import Delivery

channels: dict[str, type[Channel]] = {Delivery.Channel.MAIL: MailChannel}

__all__ = ["Channel", "PermanentFailure", "TemporaryFailure", "Unreachable", "channels"]
