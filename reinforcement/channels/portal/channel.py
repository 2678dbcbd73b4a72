from typing import ClassVar

from reinforcement.channels.base import Channel
from reinforcement.models import Delivery


class PortalChannel(Channel):
    """Nothing is sent: what is written stands on the portal for whoever comes by."""

    name: ClassVar = "portal"
    label: ClassVar = "portal only"
    carries: ClassVar = frozenset(Delivery.Kind)

    def send(self, delivery: Delivery) -> str:
        return ""
