"""A manager's week as a Slack message (https://docs.slack.dev/reference/block-kit)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
)

from reinforcement.channels.slack.card import about
from reinforcement.channels.slack.mrkdwn import BUTTON, escaped, markup, words
from reinforcement.models import Brief
from reinforcement.reports import Card, also_in, cards_of
from tenants.companies.context import current_company
from tenants.people.models import Person
from tenants.people.readers import written_for

OPEN: Final = "open"  # the `action_id` of the button that leads to the portal
HEADER: Final = 150  # characters, Slack's limit
LONG: Final = 1000


@dataclass(frozen=True)
class Message:
    """`blocks` are what is shown, `text` is for notifications and screen readers."""

    text: str
    blocks: list[dict[str, Any]]

    @property
    def content(self) -> dict[str, Any]:
        return {"text": self.text, "blocks": self.blocks}


def compose(brief: Brief) -> Message | None:
    """The brief as it stands now, in its manager's language and on their clock. Six queries.

    None where nobody of it is in the manager's team any more.
    """
    with written_for(brief.manager):
        cards = cards_of(brief)
        if not cards:
            return None
        return write(brief, cards, also_in(brief), week=current_company().url("/week/"))


def write(brief: Brief, cards: list[Card], also: list[Person], *, week: str) -> Message:
    """`week` is the address of the manager's week on the portal."""
    names = get_text_list([card.item.report.called for card in cards], _("and"))
    title = _("This week: talk with %(names)s") % {"names": names}
    length = ngettext("About a minute.", "About %(minutes)s minutes.", brief.minutes)
    length %= {"minutes": brief.minutes}
    blocks: list[Block] = [
        HeaderBlock(text=words(title, HEADER)),
        ContextBlock(elements=[markup(length)]),
    ]
    for card in cards:
        blocks += about(card)
    blocks += [DividerBlock(), *_end(cards, also, week)]
    text = f"{escaped(title, LONG)}. {length}"
    return Message(text, [block.to_dict() for block in blocks])


def _end(cards: list[Card], also: list[Person], week: str) -> Iterable[Block]:
    if also:
        names = escaped(get_text_list([person.name for person in also], _("and")), LONG)
        yield ContextBlock(elements=[markup(_("Also on a path: %(names)s.") % {"names": names})])
    if not any(card.open for card in cards) and any(card.answer or card.talked for card in cards):
        yield ContextBlock(elements=[markup(_("That is all for this week. Thank you."))])
    portal = ButtonElement(text=words(_("Open my week"), BUTTON), action_id=OPEN, url=week)
    yield ActionsBlock(elements=[portal])
