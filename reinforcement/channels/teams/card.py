"""A manager's week as an Adaptive Card, small enough for Teams."""

import json
from collections.abc import Iterator
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from reinforcement.channels.base import PermanentFailure
from reinforcement.channels.teams.elements import Element, message, open_url
from reinforcement.channels.teams.sections import about, head, line, named
from reinforcement.models import Delivery
from reinforcement.reports import Card, also_in, cards_of
from tenants.companies.context import current_company
from tenants.people.models import Person
from tenants.people.readers import written_for

LARGEST: Final = 20_000
"""Bytes. Teams states about 28 KB, counts what the workflow wraps around it, and has been seen to
refuse from 21 KB on."""

LENGTHS: Final = (1000, 250, 100)
"""Characters of one text: the next, where the card is too large with the one before."""


def compose(delivery: Delivery) -> bytes:
    """The JSON to post, in the reader's language and time zone. Six queries, however many people.

    Whoever left the manager's team since the brief was written is not in it. Raises
    `PermanentFailure` where that leaves nobody.
    """
    brief, reader, company = delivery.brief, delivery.recipient, current_company()
    assert brief is not None  # noqa: S101  # the one kind Teams carries
    cards, also = cards_of(brief), also_in(brief)
    if not cards:
        raise PermanentFailure("Nobody in it is in the manager's team any more.")
    base = company.url("").rstrip("/")
    with written_for(reader):
        for length, people in _cuts(len(cards)):
            shown, rest = cards[:people], cards[people:]
            opening = head(brief, reader, length)
            posted = _encoded(_card(opening, shown, rest, also, base, length))
            if len(posted) <= LARGEST:
                break
    return posted


def _cuts(people: int) -> Iterator[tuple[int, int]]:
    """First all that there is, then shorter texts, then fewer people."""
    yield from ((length, people) for length in LENGTHS)
    yield from ((LENGTHS[-1], fewer) for fewer in range(people - 1, 0, -1))


def _card(
    opening: list[Element],
    shown: list[Card],
    rest: list[Card],
    also: list[Person],
    base: str,
    length: int,
) -> Element:
    portal = f"{base}/week/"
    body = [*opening, *(about(card, base, length) for card in shown)]
    if rest:
        left_out = named([card.item.report for card in rest], length)
        body.append(line(_("Also this week: %(names)s.") % {"names": left_out}))
    if also:
        body.append(line(_("Also on a path: %(names)s.") % {"names": named(also, length)}))
    return message(
        body=body,
        buttons=[open_url(_("Your week"), portal)],
        instead=_("Your week is here: %(url)s") % {"url": portal},
        language=translation.get_language() or "en",
    )


def _encoded(card: Element) -> bytes:
    return json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode()
