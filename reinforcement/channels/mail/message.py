"""The brief as a mail: MJML for what is seen, and a plain-text twin."""

import re
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from mjml import mjml2html

from reinforcement.channels.base import PermanentFailure
from reinforcement.links import answer_path
from reinforcement.models import Brief, Delivery
from reinforcement.reports import Card, also_in, cards_of
from tenants.companies.context import current_company
from tenants.companies.models import Company

NO_MARKUP = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold (XML 1.0, section 2.2): with one in a name MJML would read nothing."""


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """The message of a delivery, in the manager's language and time zone. Five queries.

    Whoever left the manager's team since the brief was written is not in it. Raises
    `PermanentFailure` where that leaves nobody.
    """
    brief, company = delivery.brief, current_company()
    manager = brief.manager
    with translation.override(manager.locale or company.locale), timezone.override(manager.zone):
        context = _context(brief, company)
        message = EmailMultiAlternatives(
            subject=_one_line(context["subject"]),
            body=render_to_string("mail/brief.txt", context),
            from_email=formataddr((_sender(company), settings.DEFAULT_FROM_EMAIL)),
            to=[formataddr((_one_line(manager.name), manager.email or ""))],
            headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(_html(context), "text/html")
    return message


def _sender(company: Company) -> str:
    return company.sender_name or f"{company.name} · Throughline"


def _one_line(text: str) -> str:
    """Fit for a header: a line break in a name would be refused, and no mail go out."""
    return " ".join(text.split())


def _html(context: dict[str, Any]) -> str:
    html: str = mjml2html(NO_MARKUP.sub("", render_to_string("mail/brief.mjml", context)))
    return html


def _context(brief: Brief, company: Company) -> dict[str, Any]:
    base = company.url("").rstrip("/")
    cards = cards_of(brief)
    if not cards:
        raise PermanentFailure("Nobody in it is in the manager's team any more.")
    names = _listed([card.item.report.called for card in cards])
    return {
        "subject": _("This week: talk with %(names)s") % {"names": names},
        "preview": ngettext("About a minute.", "About %(minutes)s minutes.", brief.minutes)
        % {"minutes": brief.minutes},
        "company": company,
        "brief": brief,
        "manager": brief.manager,
        "items": [_entry(card, base) for card in cards],
        "also": _listed([person.name for person in also_in(brief)]),
        "portal_url": f"{base}/week/",
    }


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
