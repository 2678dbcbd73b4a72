"""What every message by mail has: sender, reader, headers, and a plain-text twin."""

import re
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from mjml import mjml2html

from reinforcement.links import unsubscribe_path
from reinforcement.models import Delivery
from tenants.companies.connections import connection
from tenants.companies.context import current_company
from tenants.companies.models import Company

NO_MARKUP = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold (XML 1.0, section 2.2): with one in a name MJML would read nothing."""

LOGO = (176, 32)  # pixels, width and height at most


def enclose(
    delivery: Delivery, template: str, subject: str, context: dict[str, Any]
) -> EmailMultiAlternatives:
    """The message from ``mail/<template>.txt`` and ``.mjml``; both see `context` and `subject`.

    Both may extend ``mail/base``, which ends with the way out of these mails. `base` in the
    context is the company's address, if the caller knows it already; else it costs one query.
    """
    reader, company = delivery.recipient, current_company()
    base = context.get("base") or company.url("")
    unsubscribe_url = base + unsubscribe_path(reader, delivery.kind)
    context = {
        "subject": subject,
        "company": company,
        "logo": _logo(company, base),
        "reader": reader,
        "unsubscribe_url": unsubscribe_url,
        **context,
    }
    message = EmailMultiAlternatives(
        subject=_one_line(subject),
        body=render_to_string(f"mail/{template}.txt", context),
        from_email=formataddr((_sender(company), settings.DEFAULT_FROM_EMAIL)),
        to=[formataddr((_one_line(reader.name), reader.email or ""))],
        headers=_headers(delivery, unsubscribe_url),
    )
    html: str = mjml2html(NO_MARKUP.sub("", render_to_string(f"mail/{template}.mjml", context)))
    message.attach_alternative(html, "text/html")
    return message


def _logo(company: Company, base: str) -> dict[str, object] | None:
    """Its address, and its size (pixels) as far as it fits."""
    if not (company.logo and company.logo_width and company.logo_height):
        return None
    wide, high = LOGO
    scale = min(1, wide / company.logo_width, high / company.logo_height)
    return {
        "url": base + company.logo_path,
        "width": max(1, round(company.logo_width * scale)),
        "height": max(1, round(company.logo_height * scale)),
    }


def _headers(delivery: Delivery, unsubscribe_url: str) -> dict[str, str]:
    return {
        "Message-ID": delivery.message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834, section 5
        "X-Auto-Response-Suppress": "OOF, AutoReply",  # the same to Exchange (MS-OXCMAIL)
        "List-Unsubscribe": f"<{unsubscribe_url}>",  # RFC 2369, section 3.2
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058, section 3.1
        # by which mailbox providers group complaints; Gmail's Postmaster Tools read it
        "Feedback-ID": f"{delivery.kind.value}:{connection.schema_name}:throughline",
    }


def _sender(company: Company) -> str:
    return company.sender_name or f"{company.name} · Throughline"


def _one_line(text: str) -> str:
    """Fit for a header: a line break in a name would be refused, and no mail go out."""
    return " ".join(text.split())
