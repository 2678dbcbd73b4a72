"""Every write to learning: one verb, one function."""

from learning.actions.assignments import assign_path, pause, resume
from learning.actions.holdings import end_holding, hold_role
from learning.actions.observations import observe, withdraw_observation
from learning.actions.steps import finish_step, start_step

__all__ = [
    "assign_path",
    "end_holding",
    "finish_step",
    "hold_role",
    "observe",
    "pause",
    "resume",
    "start_step",
    "withdraw_observation",
]
