"""What reinforcement reads across its tables: a manager's week, and figures of the pulse."""

from reinforcement.reports.barrier_ages import barrier_ages
from reinforcement.reports.barriers import TeamBarrier, barriers_for_path, barriers_of
from reinforcement.reports.cadence import cadence
from reinforcement.reports.coming import coming_week, current_brief, recent_briefs
from reinforcement.reports.managers import managers
from reinforcement.reports.notes import OwnNote, own_notes
from reinforcement.reports.own_reputation import open_reputation
from reinforcement.reports.reputation import reputation
from reinforcement.reports.sending import briefs_by_week, outbox
from reinforcement.reports.touchpoints import managers_not_spoken_to
from reinforcement.reports.week import (
    Card,
    ThisWeek,
    also_in,
    cards_of,
    has_a_week,
    items_of,
    next_brief_at,
    talk_about,
    this_week,
)

__all__ = [
    "Card",
    "OwnNote",
    "TeamBarrier",
    "ThisWeek",
    "also_in",
    "barrier_ages",
    "barriers_for_path",
    "barriers_of",
    "briefs_by_week",
    "cadence",
    "cards_of",
    "coming_week",
    "current_brief",
    "has_a_week",
    "items_of",
    "managers",
    "managers_not_spoken_to",
    "next_brief_at",
    "open_reputation",
    "outbox",
    "own_notes",
    "recent_briefs",
    "reputation",
    "talk_about",
    "this_week",
]
