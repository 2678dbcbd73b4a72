"""The pages of reinforcement on the admin site."""

from reinforcement.admin import (
    barriers,
    briefs,
    connections,
    deliveries,
    prompts,
    questions,
    touchpoints,
)

__all__ = ["barriers", "briefs", "connections", "deliveries", "prompts", "questions", "touchpoints"]
