from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from reinforcement.channels.base import Channel
from reinforcement.models import Delivery


class PortalChannel(Channel):
    """Nothing is sent: what is written stands on the portal for whoever comes by."""

    name: ClassVar = "portal"
    label: ClassVar = _("portal only")
    carries: ClassVar = frozenset(Delivery.Kind)
    about: ClassVar = _("Nothing is sent. What is written for you waits here until you come by.")

    def send(self, delivery: Delivery) -> str:
        return ""
