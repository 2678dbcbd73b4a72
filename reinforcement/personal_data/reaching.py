"""How somebody is reached, and what was sent to them.

A calendar's uid, and an address somebody gave as a secret, open something: they stay here.
"""

from typing import Any

from reinforcement.channels import channels
from reinforcement.models import (
    CalendarFeed,
    ChannelAddress,
    ChannelConnection,
    ChannelPreference,
    Delivery,
)
from tenants.people.models import Person


def sections(person: Person) -> dict[str, Any]:
    """Five queries."""
    sent = Delivery.objects.filter(recipient=person).order_by("pk")
    return {
        "settings": ChannelPreference.objects.filter(person=person)
        .values("channel", "day", "hour", "paused_until", "rhythm_since")
        .first(),
        "channel_addresses": [
            {
                "channel": each.channel,
                "address": None if channels[each.channel].needs_address else each.address,
                "stopped_at": each.stopped_at,
                "error": each.error,
            }
            for each in ChannelAddress.objects.filter(person=person).order_by("pk")
        ],
        "calendar": CalendarFeed.objects.filter(person=person).values("opened_at").first(),
        "messages": [
            {
                "kind": each.kind.value,
                "channel": each.channel,
                "state": each.state,
                "attempts": each.attempts,
                "sent_at": each.sent_at,
                "error": each.last_error,
            }
            for each in sent
        ],
        "connections_made": list(
            ChannelConnection.objects.filter(connected_by=person)
            .order_by("pk")
            .values("channel", "workspace", "connected_at")
        ),
    }
