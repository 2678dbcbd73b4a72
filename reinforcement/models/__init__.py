from reinforcement.models.answers import Answer
from reinforcement.models.barriers import Barrier, Touchpoint
from reinforcement.models.briefs import Brief, BriefItem
from reinforcement.models.channels import (
    CalendarFeed,
    ChannelAddress,
    ChannelConnection,
    ChannelPreference,
)
from reinforcement.models.conversations import Conversation
from reinforcement.models.deliveries import Delivery
from reinforcement.models.learners import HeadsUp, Reputation
from reinforcement.models.prompts import Choice, Moment, Prompt, Question

__all__ = [
    "Answer",
    "Barrier",
    "Brief",
    "BriefItem",
    "CalendarFeed",
    "ChannelAddress",
    "ChannelConnection",
    "ChannelPreference",
    "Choice",
    "Conversation",
    "Delivery",
    "HeadsUp",
    "Moment",
    "Prompt",
    "Question",
    "Reputation",
    "Touchpoint",
]
