"""Which user of the company's Slack somebody is: found by e-mail once, and kept.

Kept with the address that found them (``U012AB3CD ada@acme.example``), so that another one looks
anew. So does every brief for whom Slack did not find last time; until it does, they get mail, and
their settings say why.
"""

from reinforcement.channels.base import AddressRefused
from reinforcement.channels.slack.client import SlackClient
from reinforcement.models import ChannelAddress
from tenants.people.models import Person

SLACK = "slack"


def member_of(person: Person) -> str:
    """The Slack user that is this person, as far as we know; ``""`` where we do not. One query."""
    kept = ChannelAddress.objects.filter(person=person, channel=SLACK, stopped_at=None).first()
    user, _, email = kept.address.partition(" ") if kept else ("", "", "")
    return user if email and email == person.email else ""


def find_member(person: Person, slack: SlackClient) -> str:
    """Look them up by their e-mail address, and keep the answer. Raises `AddressRefused`."""
    if not person.email:
        raise AddressRefused(f"{person.name} has no e-mail address to be found by in Slack.")
    try:
        user = slack.find(person.email)
    except AddressRefused as refusal:
        _keep(person, person.email)  # which the outbox marks as stopped
        raise AddressRefused(f"Nobody in Slack has the address {person.email}.") from refusal
    _keep(person, f"{user} {person.email}")
    return user


def _keep(person: Person, address: str) -> None:
    ChannelAddress.objects.update_or_create(
        person=person,
        channel=SLACK,
        defaults={"address": address, "stopped_at": None, "error": ""},
    )
