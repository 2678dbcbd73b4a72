"""A manager's week by mail."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reinforcement.channels.base import PermanentFailure
from reinforcement.channels.mail.messages.envelope import enclose
from reinforcement.links import answer_path
from reinforcement.models import Choice, Delivery
from reinforcement.reports import Card, also_in, cards_of
from tenants.companies.context import current_company

SHORT = 18  # characters of an answer that fits a third of the mail's width


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Six queries. Whoever left the manager's team since the brief was written is not in it.

    Raises `PermanentFailure` where that leaves nobody.
    """
    brief = delivery.brief
    assert brief is not None  # noqa: S101  # what the kind says
    base = current_company().url("")
    cards = cards_of(brief)
    if not cards:
        raise PermanentFailure("Nobody in it is in the manager's team any more.")
    names = get_text_list([card.item.report.called for card in cards], _("and"))
    context = {
        "preview": ngettext("About a minute.", "About %(minutes)s minutes.", brief.minutes)
        % {"minutes": brief.minutes},
        "base": base,
        "brief": brief,
        "manager": delivery.recipient,
        "items": [_entry(card, base) for card in cards],
        "also": get_text_list([person.name for person in also_in(brief)], _("and")),
        "portal_url": f"{base}/week/",
    }
    return enclose(
        delivery, "brief", _("This week: talk with %(names)s") % {"names": names}, context
    )


def _entry(card: Card, base: str) -> dict[str, Any]:
    """A card with the addresses of its answers, and what the report wrote they would try."""
    now = card.item.plan_step
    return {
        "card": card,
        "rows": _rows(
            [
                {"label": choice.label, "url": base + answer_path(card.item, choice.value)}
                for choice in card.choices
            ],
            card.choices,
        ),
        "talked_url": base + answer_path(card.item, talked=True),
        "trying": now.intention if now else "",
        "tried": card.tried.intention if card.tried else "",
    }


def _rows(buttons: list[dict[str, str]], choices: Sequence[Choice]) -> list[list[dict[str, str]]]:
    """Short answers stand side by side, three at most or two and two; long ones one to a line."""
    if any(len(choice.label) > SHORT for choice in choices):
        return [[button] for button in buttons]
    wide = 2 if len(buttons) == 4 else 3
    return [buttons[at : at + wide] for at in range(0, len(buttons), wide)]
