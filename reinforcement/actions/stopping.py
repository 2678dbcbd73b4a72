"""Notes that a way out is shut for good, until somebody opens it again."""

from datetime import datetime

from reinforcement.models import ChannelAddress, ChannelConnection
from reinforcement.models.channels import MAIL
from tenants.people.models import Person


def stop_address(*, person: Person, channel: str, error: object, now: datetime) -> None:
    """Nothing is sent there any more: the person's mail address, or what the channel knows."""
    stopped = {"stopped_at": now, "error": str(error)[:300]}
    if channel == MAIL:
        ChannelAddress.objects.update_or_create(
            person=person, channel=channel, defaults={"address": person.email or "", **stopped}
        )
    else:
        ChannelAddress.objects.filter(person=person, channel=channel).update(**stopped)


def stop_connection(*, channel: str, error: object, now: datetime) -> None:
    """The company's key is good no more; everything goes by other channels until it is renewed."""
    ChannelConnection.objects.filter(channel=channel, stopped_at=None).update(
        stopped_at=now, error=str(error)[:300]
    )
