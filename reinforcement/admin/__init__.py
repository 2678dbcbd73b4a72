"""The pages of reinforcement on the admin site."""

from reinforcement.admin import briefs, deliveries, prompts

__all__ = ["briefs", "deliveries", "prompts"]
