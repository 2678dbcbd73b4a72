"""What reinforcement reads across its tables: a manager's week, and figures of the pulse."""

from reinforcement.reports.week import (
    Card,
    ThisWeek,
    also_in,
    cards_of,
    has_a_week,
    items_of,
    next_brief_at,
    this_week,
)

__all__ = [
    "Card",
    "ThisWeek",
    "also_in",
    "cards_of",
    "has_a_week",
    "items_of",
    "next_brief_at",
    "this_week",
]
