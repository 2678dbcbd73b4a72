"""What reinforcement reads across its tables: a manager's week, and figures of the pulse."""

from reinforcement.reports.barrier_ages import barrier_ages
from reinforcement.reports.barriers import TeamBarrier, barriers_for_path, barriers_of
from reinforcement.reports.cadence import cadence
from reinforcement.reports.coming import coming_week, current_brief, recent_briefs
from reinforcement.reports.items import items_of, why_lost, written_to
from reinforcement.reports.managers import managers
from reinforcement.reports.notes import OwnNote, own_notes
from reinforcement.reports.own_reputation import open_reputation
from reinforcement.reports.person_sheets import PersonSheet, person_sheet
from reinforcement.reports.reputation import reputation
from reinforcement.reports.sending import briefs_by_week, outbox
from reinforcement.reports.team_words import Word
from reinforcement.reports.teams import Member, team_of, words_in
from reinforcement.reports.touchpoints import managers_not_spoken_to
from reinforcement.reports.week import (
    Card,
    ThisWeek,
    also_in,
    cards_of,
    has_a_week,
    next_brief_at,
    talk_about,
    this_week,
)

__all__ = [
    "Card",
    "Member",
    "OwnNote",
    "PersonSheet",
    "TeamBarrier",
    "ThisWeek",
    "Word",
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
    "person_sheet",
    "recent_briefs",
    "reputation",
    "talk_about",
    "team_of",
    "this_week",
    "why_lost",
    "words_in",
    "written_to",
]
