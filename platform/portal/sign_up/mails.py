"""The mails of these pages: a code, a welcome, and where somebody's companies are."""

from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from mjml import mjml2html

from portal.sign_up.tokens import welcome_url
from reinforcement.channels.mail.messages.envelope import NO_MARKUP
from reinforcement.channels.mail.replies import failure_of
from tenants.companies.context import working_for
from tenants.companies.models import Company, SignUp
from tenants.people.models import Person


def send_code(sign_up: SignUp, code: str) -> None:
    """Raises a `TemporaryFailure` or a `PermanentFailure`, as the other two."""
    with translation.override(sign_up.locale):
        subject = _("Your code for Throughline: %(code)s") % {"code": code}
        _send("sign_up_code", sign_up.email, subject, {"sign_up": sign_up, "code": code})


def send_welcome(company: Company, owner: Person) -> None:
    """From within the company: it is one of its own mails."""
    url, sign_in = welcome_url(company, owner), company.url("/accounts/login/")
    with working_for(company), translation.override(company.locale):
        subject = _("%(company)s is ready") % {"company": company.name}
        context = {"company": company, "owner": owner, "url": url, "sign_in": sign_in}
        _send("welcome", owner.email or "", subject, context)


def send_companies(email: str, companies: list[tuple[str, str]], language: str) -> None:
    """`companies`: names and addresses."""
    with translation.override(language):
        subject = _("Your company on Throughline")
        _send("found_companies", email, subject, {"companies": companies, "email": email})


def _send(template: str, to: str, subject: str, context: dict[str, Any]) -> None:
    context = {"subject": subject, **context}
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"mail/{template}.txt", context),
        from_email=formataddr(("Throughline", settings.DEFAULT_FROM_EMAIL)),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},  # RFC 3834, section 5
    )
    html: str = mjml2html(NO_MARKUP.sub("", render_to_string(f"mail/{template}.mjml", context)))
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except OSError as error:
        raise failure_of(error) from error
