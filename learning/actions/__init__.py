"""Every write to learning: one verb, one function."""

from learning.actions.assignments import assign_path, give_path
from learning.actions.calibrating import adjust_levels, say_done
from learning.actions.calibration_ends import abandon_calibration, close_calibration
from learning.actions.calibrations import open_calibration
from learning.actions.drafts import (
    change_path,
    choose_people,
    discard_draft,
    frame,
    leave_out,
    reach_step,
    start_draft,
)
from learning.actions.files import add_file, remove_file
from learning.actions.following import follow, follow_everybody, follow_nightly, follow_now
from learning.actions.giving import (
    give_waiting,
    send_off,
    take_up_runs,
    try_again,
)
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
from learning.actions.taking_back import give_back, go_on_undoing, take_back
from learning.actions.title_rules import apply_title_rules, end_earlier_holdings
from learning.actions.undoing import can_undo, undo_step
from learning.actions.versions import decline_change, keep_version, offer_change, take_change
from learning.actions.withdrawals import undo_withdrawal, withdraw

__all__ = [
    "abandon_calibration",
    "add_file",
    "adjust_levels",
    "apply_title_rules",
    "assign_path",
    "can_undo",
    "change_path",
    "choose_people",
    "close_calibration",
    "decline_change",
    "decline_suggestion",
    "discard_draft",
    "end_earlier_holdings",
    "end_holding",
    "finish_step",
    "follow",
    "follow_everybody",
    "follow_nightly",
    "follow_now",
    "frame",
    "give_back",
    "give_path",
    "give_waiting",
    "go_on_undoing",
    "hold_role",
    "intend",
    "keep_version",
    "leave_out",
    "note_sighting",
    "observe",
    "offer_change",
    "open_calibration",
    "pause",
    "pause_assignment",
    "pause_assignments",
    "rate_oneself",
    "reach_step",
    "remove_file",
    "replace_occupations",
    "resume",
    "resume_assignment",
    "resume_assignments",
    "run_rule",
    "run_rules",
    "say_done",
    "send_off",
    "start_draft",
    "start_role",
    "start_step",
    "suggest_path",
    "switch_off",
    "switch_on",
    "take_back",
    "take_back_sighting",
    "take_back_suggestion",
    "take_change",
    "take_up_runs",
    "try_again",
    "undo_step",
    "undo_withdrawal",
    "withdraw",
    "withdraw_observation",
]
