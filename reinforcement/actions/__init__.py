"""Every write to reinforcement: one verb, one function."""

from reinforcement.actions.answers import AnswerResult, answer, take_back_answer
from reinforcement.actions.barriers import change_barrier, check_back, move_barrier, note_barrier
from reinforcement.actions.briefs import write_due_briefs
from reinforcement.actions.calendars import (
    close_calendar_feed,
    open_calendar_feed,
    renew_calendar_feed,
)
from reinforcement.actions.check_backs import remind_due_check_backs
from reinforcement.actions.connections import connect, disconnect
from reinforcement.actions.conversations import (
    hold_conversation,
    take_back_conversation,
    write_note,
)
from reinforcement.actions.deliveries import BATCH, replay, send_due
from reinforcement.actions.heads_ups import write_due_heads_ups
from reinforcement.actions.own_barriers import confirm_barrier, say_barrier
from reinforcement.actions.preferences import set_preference
from reinforcement.actions.prompts import swap_prompt, take_back_prompt
from reinforcement.actions.reputations import answer_reputation, ask_due_reputations
from reinforcement.actions.touchpoints import change_touchpoint, note_touchpoint
from reinforcement.actions.unsubscribing import stop_mail

__all__ = [
    "BATCH",
    "AnswerResult",
    "answer",
    "answer_reputation",
    "ask_due_reputations",
    "change_barrier",
    "change_touchpoint",
    "check_back",
    "close_calendar_feed",
    "confirm_barrier",
    "connect",
    "disconnect",
    "hold_conversation",
    "move_barrier",
    "note_barrier",
    "note_touchpoint",
    "open_calendar_feed",
    "remind_due_check_backs",
    "renew_calendar_feed",
    "replay",
    "say_barrier",
    "send_due",
    "set_preference",
    "stop_mail",
    "swap_prompt",
    "take_back_answer",
    "take_back_conversation",
    "take_back_prompt",
    "write_due_briefs",
    "write_due_heads_ups",
    "write_note",
]
