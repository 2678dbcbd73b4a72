"""A manager's week by mail."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reinforcement.channels.base import PermanentFailure
from reinforcement.channels.mail.messages.envelope import enclose
from reinforcement.links import answer_path
from reinforcement.models import Delivery
from reinforcement.reports import Card, also_in, cards_of
from tenants.companies.context import current_company


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Five queries. Whoever left the manager's team since the brief was written is not in it.

    Raises `PermanentFailure` where that leaves nobody.
    """
    brief = delivery.brief
    assert brief is not None  # noqa: S101  # what the kind says
    base = current_company().url("").rstrip("/")
    cards = cards_of(brief)
    if not cards:
        raise PermanentFailure("Nobody in it is in the manager's team any more.")
    names = _listed([card.item.report.called for card in cards])
    context = {
        "preview": ngettext("About a minute.", "About %(minutes)s minutes.", brief.minutes)
        % {"minutes": brief.minutes},
        "brief": brief,
        "manager": delivery.recipient,
        "items": [_entry(card, base) for card in cards],
        "also": _listed([person.name for person in also_in(brief)]),
        "portal_url": f"{base}/week/",
    }
    return enclose(
        delivery, "brief", _("This week: talk with %(names)s") % {"names": names}, context
    )


def _entry(card: Card, base: str) -> dict[str, Any]:
    """A card with the addresses of its answers."""
    return {
        "card": card,
        "choices": [
            {"label": choice.label, "url": base + answer_path(card.item, choice.value)}
            for choice in card.choices
        ],
    }


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}
