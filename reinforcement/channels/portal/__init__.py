from reinforcement.channels.portal.channel import PortalChannel

CHANNEL = PortalChannel
