"""The brief as a mail: MJML for what is seen, and a plain-text twin."""

from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from mjml import mjml2html

from learning.models import PlanStep
from reinforcement.channels.base import PermanentFailure
from reinforcement.links import answer_path
from reinforcement.models import Brief, BriefItem, Delivery
from reinforcement.reports import items_of
from tenants.companies.context import current_company
from tenants.companies.models import Company
from tenants.people.models import Person


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """The message of a delivery, in the manager's language and time zone. Four queries.

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
    html: str = mjml2html(render_to_string("mail/brief.mjml", context))
    return html


def _context(brief: Brief, company: Company) -> dict[str, Any]:
    base = company.url("").rstrip("/")
    items = list(
        items_of(brief.manager)
        .filter(brief=brief)
        .annotate(
            steps_done=Count(
                "assignment__plan_steps",
                filter=Q(assignment__plan_steps__state=PlanStep.State.DONE),
            ),
            steps=Count(
                "assignment__plan_steps",
                filter=~Q(assignment__plan_steps__state=PlanStep.State.SET_ASIDE),
            ),
        )
    )
    if not items:
        raise PermanentFailure("Nobody in it is in the manager's team any more.")
    also = Person.objects.reports_of(brief.manager).filter(pk__in=brief.also)
    names = _listed([item.report.called for item in items])
    return {
        "subject": _("This week: talk with %(names)s") % {"names": names},
        "preview": ngettext("About a minute.", "About %(minutes)s minutes.", brief.minutes)
        % {"minutes": brief.minutes},
        "company": company,
        "brief": brief,
        "manager": brief.manager,
        "items": [_item(item, base) for item in items],
        "also": _listed([person.name for person in also]),
        "portal_url": f"{base}/week/",
    }


def _item(item: BriefItem, base: str) -> dict[str, Any]:
    called, question = item.report.called, item.question
    return {
        "item": item,
        "prompt": item.prompt.said_about(called) if item.prompt else "",
        "question": question.asked_about(called) if question else "",
        "choices": [
            {"label": choice.label, "url": base + answer_path(item, choice.value)}
            for choice in (question.choices.all() if question else [])
        ],
    }


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}
