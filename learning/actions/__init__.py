"""Every write to learning: one verb, one function."""

from learning.actions.assignments import assign_path, pause, resume
from learning.actions.observations import observe, withdraw_observation
from learning.actions.steps import finish_step, start_step

__all__ = [
    "assign_path",
    "finish_step",
    "observe",
    "pause",
    "resume",
    "start_step",
    "withdraw_observation",
]
