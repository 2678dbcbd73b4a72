"""Every write to learning: one verb, one function."""

from learning.actions.assignments import assign_path
from learning.actions.holdings import end_holding, hold_role
from learning.actions.observations import observe, withdraw_observation
from learning.actions.pauses import pause, pause_assignment, resume, resume_assignment
from learning.actions.steps import finish_step, start_step
from learning.actions.withdrawals import undo_withdrawal, withdraw

__all__ = [
    "assign_path",
    "end_holding",
    "finish_step",
    "hold_role",
    "observe",
    "pause",
    "pause_assignment",
    "resume",
    "resume_assignment",
    "start_step",
    "undo_withdrawal",
    "withdraw",
    "withdraw_observation",
]
