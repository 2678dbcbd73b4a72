from django import template

from reinforcement.actions.connections import SECRETS
from reinforcement.models import ChannelConnection
from tenants.people.models import Person

register = template.Library()


@register.inclusion_tag("reinforcement/connections/stopped.html")
def stopped_connections(reader: Person) -> dict[str, object]:
    """A note on every chat to which nothing is sent any more. One query for whoever may see it."""
    if not reader.has_perm("reinforcement.view_channelconnection"):
        return {"connections": []}
    stopped = ChannelConnection.objects.exclude(stopped_at=None).defer(*SECRETS)
    return {"connections": list(stopped)}
