"""By which channel somebody is reached: the one they chose, else mail, else the portal."""

from collections.abc import Collection, Iterable

from reinforcement.channels import Channel, channels
from reinforcement.models import ChannelAddress, ChannelConnection, Delivery
from reinforcement.models.channels import MAIL, PORTAL
from reinforcement.rhythms import preference_of
from tenants.people.models import Person


def routes(
    people: Iterable[Person], kind: Delivery.Kind, *, but: Collection[str] = ()
) -> dict[int, str]:
    """Person id → the name of a channel that carries this `kind` and is open to them.

    `but` names channels that were tried in vain. Two queries, however many people, plus one each
    for whose preference is not loaded.
    """
    people = list(people)
    connected = set(
        ChannelConnection.objects.filter(stopped_at=None).values_list("channel", flat=True)
    )
    known: dict[tuple[int, str], ChannelAddress] = {
        (address.person_id, address.channel): address
        for address in ChannelAddress.objects.filter(person__in=people)
    }

    def is_open(person: Person, name: str) -> bool:
        channel, address = channels.get(name), known.get((person.pk, name))
        if channel is None or name in but or kind not in channel.carries:
            return False
        if channel.needs_connection and name not in connected:
            return False
        return _finds(person, channel, address)

    def route(person: Person) -> str:
        chosen = preference_of(person)
        wanted = [chosen.channel] if chosen else []
        return next((name for name in (*wanted, MAIL) if is_open(person, name)), PORTAL)

    return {person.pk: route(person) for person in people}


def _finds(person: Person, channel: type[Channel], address: ChannelAddress | None) -> bool:
    """Whether the channel knows where this person is, and nothing came back from there."""
    if channel.name == MAIL:
        bounced = address is not None and address.stopped_at and address.address == person.email
        return bool(person.email) and not bounced
    if not channel.needs_address:
        return True  # it looks for people itself, anew for whom it did not find last time
    return address is not None and address.stopped_at is None
