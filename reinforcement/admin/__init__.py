"""The pages of reinforcement on the admin site."""

from reinforcement.admin import barriers, briefs, connections, deliveries, prompts, touchpoints

__all__ = ["barriers", "briefs", "connections", "deliveries", "prompts", "touchpoints"]
