"""What every message by mail has: sender, reader, headers, and a plain-text twin."""

import re
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from mjml import mjml2html

from reinforcement.models import Delivery
from tenants.companies.context import current_company
from tenants.companies.models import Company

NO_MARKUP = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold (XML 1.0, section 2.2): with one in a name MJML would read nothing."""


def enclose(
    delivery: Delivery, template: str, subject: str, context: dict[str, Any]
) -> EmailMultiAlternatives:
    """The message from ``mail/<template>.txt`` and ``.mjml``; both see `context` and `subject`."""
    reader, company = delivery.recipient, current_company()
    context = {"subject": subject, "company": company, "reader": reader, **context}
    message = EmailMultiAlternatives(
        subject=_one_line(subject),
        body=render_to_string(f"mail/{template}.txt", context),
        from_email=formataddr((_sender(company), settings.DEFAULT_FROM_EMAIL)),
        to=[formataddr((_one_line(reader.name), reader.email or ""))],
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
    )
    html: str = mjml2html(NO_MARKUP.sub("", render_to_string(f"mail/{template}.mjml", context)))
    message.attach_alternative(html, "text/html")
    return message


def _sender(company: Company) -> str:
    return company.sender_name or f"{company.name} · Throughline"


def _one_line(text: str) -> str:
    """Fit for a header: a line break in a name would be refused, and no mail go out."""
    return " ".join(text.split())
