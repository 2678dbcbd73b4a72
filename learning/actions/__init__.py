"""Every write to learning: one verb, one function."""

from learning.actions.assignments import assign_path, give_path
from learning.actions.files import add_file, remove_file
from learning.actions.following import follow, follow_everybody, follow_nightly, follow_now
from learning.actions.holdings import end_holding, hold_role
from learning.actions.observations import observe, withdraw_observation
from learning.actions.occupations import replace_occupations, start_role
from learning.actions.pauses import (
    pause,
    pause_assignment,
    pause_assignments,
    resume,
    resume_assignment,
    resume_assignments,
)
from learning.actions.rules import run_rule, run_rules, switch_off, switch_on
from learning.actions.self_ratings import rate_oneself
from learning.actions.sightings import note_sighting, take_back_sighting
from learning.actions.steps import finish_step, intend, start_step
from learning.actions.suggestions import (
    decline_suggestion,
    suggest_path,
    take_back_suggestion,
)
from learning.actions.title_rules import apply_title_rules, end_earlier_holdings
from learning.actions.undoing import can_undo, undo_step
from learning.actions.versions import decline_change, keep_version, offer_change, take_change
from learning.actions.withdrawals import undo_withdrawal, withdraw

__all__ = [
    "add_file",
    "apply_title_rules",
    "assign_path",
    "can_undo",
    "decline_change",
    "decline_suggestion",
    "end_earlier_holdings",
    "end_holding",
    "finish_step",
    "follow",
    "follow_everybody",
    "follow_nightly",
    "follow_now",
    "give_path",
    "hold_role",
    "intend",
    "keep_version",
    "note_sighting",
    "observe",
    "offer_change",
    "pause",
    "pause_assignment",
    "pause_assignments",
    "rate_oneself",
    "remove_file",
    "replace_occupations",
    "resume",
    "resume_assignment",
    "resume_assignments",
    "run_rule",
    "run_rules",
    "start_role",
    "start_step",
    "suggest_path",
    "switch_off",
    "switch_on",
    "take_back_sighting",
    "take_back_suggestion",
    "take_change",
    "undo_step",
    "undo_withdrawal",
    "withdraw",
    "withdraw_observation",
]
