"""What erasing somebody does to weeks, talks and messages."""

from collections.abc import Iterator, Sequence
from typing import Final

from reinforcement.models import Answer, Barrier, BriefItem, ChannelAddress, Conversation
from tenants.companies.connections import connection
from tenants.companies.encryption import Unreadable
from tenants.people.erasing.contributions import Erasing, Erasure
from tenants.people.models import Person

NAMED_IN_A_LINE: Final = """
UPDATE reinforcement_brief
SET also = coalesce(
    (SELECT jsonb_agg(each) FROM jsonb_array_elements(also) each
     WHERE each <> to_jsonb(%s::bigint)),
    '[]'
)
WHERE also @> to_jsonb(%s::bigint)
"""
ABOUT_THEM_ALONE: Final = """
DELETE FROM reinforcement_delivery delivery
WHERE delivery.state = 'waiting'
  AND EXISTS (SELECT FROM reinforcement_briefitem item
              WHERE item.brief_id = delivery.brief_id AND item.report_id = %s)
  AND NOT EXISTS (SELECT FROM reinforcement_briefitem item
                  WHERE item.brief_id = delivery.brief_id AND item.report_id <> %s)
"""


def mail_addresses(person: Person) -> Iterator[tuple[str, str]]:
    """One query; a webhook's address is a secret, not a name."""
    try:
        for each in ChannelAddress.objects.filter(person=person):
            if "@" in each.address and "/" not in each.address:
                yield "email", each.address
    except Unreadable:
        return  # it goes with its row all the same


def leave_weeks(erasing: Erasing) -> None:
    """Others' weeks do not name them; one that waits and is about them alone is not sent.

    Of a week that is about others, too, the message is made when it is sent, from what is left.
    """
    pk = erasing.person.pk
    with connection.cursor() as cursor:
        cursor.execute(ABOUT_THEM_ALONE, [pk, pk])
        cursor.execute(NAMED_IN_A_LINE, [pk, pk])


def tells(person: Person) -> Sequence[str]:
    """Four queries."""
    about = Conversation.objects.filter(report=person).exists()
    answers = Answer.objects.filter(item__report=person).exists()
    weeks = BriefItem.objects.filter(brief__manager=person).exists()
    barriers = Barrier.objects.filter(manager=person).count()
    told = []
    if about or answers:
        told.append(
            "Talks with them and answers about them go, with the notes their managers kept: "
            "cadence and the pulse change."
        )
    if weeks:
        told.append(
            "Their weeks as a manager go. What they saw in their reports stays, as seen by “the "
            "manager”, since the reports' plans rest on it."
        )
    if barriers:
        many = f"{barriers:,} barriers in their words go" if barriers > 1 else "1 barrier goes"
        told.append(f"{many}, with what L&D heard from them.")
    return told


ERASURE = Erasure(
    goes={
        "reinforcement.Brief.manager",
        "reinforcement.BriefItem.brief",
        "reinforcement.BriefItem.report",
        "reinforcement.BriefItem.assignment",
        "reinforcement.Answer.item",
        "reinforcement.ChannelPreference.person",
        "reinforcement.ChannelAddress.person",
        "reinforcement.CalendarFeed.person",
        "reinforcement.Touchpoint.manager",
        "reinforcement.Barrier.manager",
        "reinforcement.Barrier_paths.barrier",
        "reinforcement.Conversation.manager",
        "reinforcement.Conversation.report",
        "reinforcement.HeadsUp.person",
        "reinforcement.HeadsUp.manager",
        "reinforcement.Reputation.person",
        "reinforcement.Delivery.recipient",
        "reinforcement.Delivery.brief",
        "reinforcement.Delivery.heads_up",
        "reinforcement.Delivery.reputation",
        "reinforcement.Delivery.barrier",
    },
    emptied={
        "reinforcement.BriefItem.plan_step",
        "reinforcement.Answer.observation",
        "reinforcement.Conversation.item",
        "reinforcement.HeadsUp.plan_step",
        "reinforcement.Touchpoint.held_by",
        "reinforcement.Barrier.touchpoint",
        "reinforcement.Barrier.looked_after_by",
        "reinforcement.ChannelConnection.connected_by",
    },
    scrubbed={
        "reinforcement.Touchpoint.learned",
        "reinforcement.Barrier.words",
        "reinforcement.ChannelAddress.error",
        "reinforcement.ChannelConnection.error",
        "reinforcement.Delivery.last_error",
    },
    stays={
        "reinforcement.Prompt": "What L&D wrote for everybody: it is changed by hand.",
        "reinforcement.Question": "What L&D wrote for everybody: it is changed by hand.",
        "reinforcement.Choice": "What L&D wrote for everybody: it is changed by hand.",
        "reinforcement.Brief": "It holds keys alone; a step takes theirs out.",
        "reinforcement.BriefItem": "It holds titles of steps, and keys of prompts.",
        "reinforcement.Answer": "A note is encrypted, and its author's alone. Of notes about "
        "others nobody but the author can tell whom they mention.",
        "reinforcement.Conversation": "A note is encrypted, and its author's, like the one above.",
        "reinforcement.ChannelAddress": "Each address is its person's own, and goes with them.",
        "reinforcement.ChannelConnection": "It says which chat is the company's.",
        "reinforcement.Delivery": "Ids of messages are made of numbers, or are the other side's.",
    },
    before=[leave_weeks],
    known=mail_addresses,
    tells=tells,
)
