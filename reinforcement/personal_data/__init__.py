"""What is stored about somebody's talks and weeks, and about how they are reached."""

from typing import Any

from reinforcement.personal_data import leading, learning, reaching
from tenants.people.models import Person
from tenants.people.personal_copies import Contribution

THEIRS = "It says something about somebody else, and is in their copy."


def sections(person: Person, *, private: bool) -> dict[str, Any]:
    """Fifteen queries."""
    return {
        **learning.sections(person),
        **leading.sections(person, private=private),
        **reaching.sections(person),
    }


CONTRIBUTION = Contribution(
    sections,
    covers={
        "reinforcement.BriefItem.report": "weeks_about_you",
        "reinforcement.Answer.item": "weeks_about_you",
        "reinforcement.Conversation.report": "conversations_about_you",
        "reinforcement.HeadsUp.person": "heads_ups",
        "reinforcement.Reputation.person": "onboarding_answers",
        "reinforcement.Brief.manager": "weeks",
        "reinforcement.Conversation.manager": "conversations_held",
        "reinforcement.Barrier.manager": "barriers",
        "reinforcement.Touchpoint.manager": "touchpoints",
        "reinforcement.ChannelPreference.person": "settings",
        "reinforcement.ChannelAddress.person": "channel_addresses",
        "reinforcement.CalendarFeed.person": "calendar",
        "reinforcement.Delivery.recipient": "messages",
        "reinforcement.ChannelConnection.connected_by": "connections_made",
    },
    left_out={
        "reinforcement.Answer.note": "A note is its author's: it is in theirs, and in no other.",
        "reinforcement.Conversation.note": "A note is its author's, like the one above.",
        "reinforcement.HeadsUp.manager": THEIRS,
        "reinforcement.Touchpoint.held_by": THEIRS,
        "reinforcement.Barrier.looked_after_by": THEIRS,
    },
)
