"""The mail to the owners: a webhook has paused itself."""

import logging
from email.utils import formataddr
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from mjml import mjml2html

from api.webhooks.models import SECRETS, WebhookEndpoint
from api.webhooks.settling import GONE, PATIENCE
from reinforcement.channels.base import PermanentFailure
from reinforcement.channels.mail.messages.envelope import NO_MARKUP
from reinforcement.channels.mail.replies import failure_of
from tenants.companies.context import current_company
from tenants.people.access import owners
from tenants.people.models import Person

URLS: Final = "config.urls.company"  # a worker is on no host

logger = logging.getLogger(__name__)


@transaction.atomic
def tell_owners() -> int:
    """Mail every owner of each webhook that paused itself since; returns how many mails.

    Raises `TemporaryFailure`, and leaves what it could not tell for the next time.
    """
    waiting = WebhookEndpoint.objects.filter(owners_to_be_told=True).defer(*SECRETS)
    told = 0
    for endpoint in waiting.select_for_update(skip_locked=True):
        for owner in owners().exclude(email=None).exclude(email=""):
            try:
                _message(endpoint, owner).send()
            except OSError as error:
                failure = failure_of(error)
                if not isinstance(failure, PermanentFailure):
                    raise failure from error
                logger.warning("Owner %s cannot be told of a webhook: %s", owner.uid, failure)
            else:
                told += 1
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(owners_to_be_told=False)
    return told


def _message(endpoint: WebhookEndpoint, owner: Person) -> EmailMultiAlternatives:
    company = current_company()
    page = reverse(
        "admin:api_webhookendpoint_change", args=[endpoint.pk], urlconf="config.urls.company"
    )
    with translation.override(owner.locale or company.locale):
        subject = _("A webhook has paused itself: %(webhook)s") % {"webhook": endpoint}
        context = {
            "subject": subject,
            "company": company,
            "owner": owner,
            "webhook": endpoint,
            "gone": endpoint.state_reason == GONE,
            "days": PATIENCE.days,
            "url": company.url(page),
        }
        message = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("mail/webhook_paused.txt", context),
            from_email=formataddr((company.name, settings.DEFAULT_FROM_EMAIL)),
            to=[owner.email or ""],
            headers={"Auto-Submitted": "auto-generated"},  # RFC 3834, section 5
        )
        written = NO_MARKUP.sub("", render_to_string("mail/webhook_paused.mjml", context))
        html: str = mjml2html(written)
    message.attach_alternative(html, "text/html")
    return message
