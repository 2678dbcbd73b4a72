"""The ways by which somebody can have what is written for them, and what is in the way of each."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext

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
        """Whether what is written goes out by it. A chat that looks for people itself looks anew
        for whom it did not find last time."""
        looks = self.channel.name != MAIL and not self.channel.needs_address
        return self.connected and self.found and (self.stopped is None or looks)

    @property
    def unsubscribed(self) -> bool:
        return self.stopped is not None and self.stopped.error == UNSUBSCRIBED

    @property
    def refusal(self) -> str:
        """Why it is stopped, in the reader's language; empty where it is open."""
        return gettext(self.stopped.error) if self.stopped and self.stopped.error else ""

    @property
    def can_be_chosen(self) -> bool:
        """Whether choosing it makes sense: an address can be given, or tried again, by choosing.

        What was chosen before may stay: it is used again as soon as it is open.
        """
        return self.chosen or (self.connected and (self.found or self.channel.needs_address))


def ways_for(person: Person, kind: Delivery.Kind) -> dict[str, Way]:
    """Channel name → how it stands, for every channel that carries this `kind`. Three queries."""
    return ways_of([person], kind)[person.pk]


def ways_of(people: Collection[Person], kind: Delivery.Kind) -> dict[int, dict[str, Way]]:
    """Person id → `ways_for` them. Two queries, and one each for whose preference is not loaded."""
    connected = set(
        ChannelConnection.objects.filter(stopped_at=None).values_list("channel", flat=True)
    )
    known = {
        (address.person_id, address.channel): address
        for address in ChannelAddress.objects.filter(person__in=people)
    }
    carrying = {name: channel for name, channel in channels.items() if kind in channel.carries}
    ways: dict[int, dict[str, Way]] = {}
    for person in people:
        preference = preference_of(person)
        chosen = preference.channel if preference else MAIL
        ways[person.pk] = {
            name: _way(
                person, channel, known.get((person.pk, name)), name == chosen, name in connected
            )
            for name, channel in carrying.items()
        }
    return ways


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
