"""Every write to reinforcement: one verb, one function."""

from reinforcement.actions.answers import AnswerResult, answer
from reinforcement.actions.briefs import write_due_briefs
from reinforcement.actions.deliveries import BATCH, replay, send_due

__all__ = ["BATCH", "AnswerResult", "answer", "replay", "send_due", "write_due_briefs"]
