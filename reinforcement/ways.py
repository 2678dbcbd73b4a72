"""The ways by which somebody can have what is written for them, and what is in the way of each."""

from dataclasses import dataclass

from reinforcement.channels import Channel, channels
from reinforcement.models import ChannelAddress, ChannelConnection, Delivery
from reinforcement.models.channels import MAIL
from reinforcement.rhythms import preference_of
from tenants.people.models import Person

UNSUBSCRIBED = "They unsubscribed by the link in a mail."  # why an address is stopped


@dataclass(frozen=True)
class Way:
    """One channel as one person has it.

    `connected`: the company has the key it needs, or it needs none. `found`: we know where the
    person is there. `stopped`: what came back from there, since when, and why.
    """

    channel: type[Channel]
    chosen: bool
    connected: bool
    found: bool
    stopped: ChannelAddress | None

    @property
    def is_open(self) -> bool:
        return self.connected and self.found and self.stopped is None

    @property
    def unsubscribed(self) -> bool:
        return self.stopped is not None and self.stopped.error == UNSUBSCRIBED

    @property
    def can_be_chosen(self) -> bool:
        """Whether choosing it makes sense: an address can be given, or tried again, by choosing.

        What was chosen before may stay: it is used again as soon as it is open.
        """
        return self.chosen or (self.connected and (self.found or self.channel.needs_address))


def ways_for(person: Person, kind: Delivery.Kind) -> dict[str, Way]:
    """Channel name → how it stands, for every channel that carries this `kind`. Three queries."""
    connected = set(
        ChannelConnection.objects.filter(stopped_at=None).values_list("channel", flat=True)
    )
    known = {each.channel: each for each in ChannelAddress.objects.filter(person=person)}
    preference = preference_of(person)
    chosen = preference.channel if preference else MAIL
    return {
        name: _way(person, channel, known.get(name), name == chosen, name in connected)
        for name, channel in channels.items()
        if kind in channel.carries
    }


def _way(
    person: Person,
    channel: type[Channel],
    address: ChannelAddress | None,
    chosen: bool,
    connected: bool,
) -> Way:
    stopped = address if address and address.stopped_at else None
    if channel.name == MAIL:
        found = bool(person.email)
        if stopped and stopped.address != person.email:
            stopped = None  # they have another mail address by now
    else:
        found = address is not None or not channel.needs_address
    return Way(channel, chosen, connected or not channel.needs_connection, found, stopped)
