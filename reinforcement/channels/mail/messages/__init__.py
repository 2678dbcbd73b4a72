"""What each kind of message says by mail: a module each, with a function ``compose``."""

from collections.abc import Callable

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation

from reinforcement.channels.mail.messages import brief, check_back, heads_up, reputation
from reinforcement.models import Delivery
from tenants.companies.context import current_company

Compose = Callable[[Delivery], EmailMultiAlternatives]

COMPOSE: dict[Delivery.Kind, Compose] = {
    Delivery.Kind.BRIEF: brief.compose,
    Delivery.Kind.HEADS_UP: heads_up.compose,
    Delivery.Kind.REPUTATION: reputation.compose,
    Delivery.Kind.CHECK_BACK: check_back.compose,
}


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """The message of a delivery, in its reader's language and time zone.

    Raises `PermanentFailure` where there is nothing left to say.
    """
    reader = delivery.recipient
    language = reader.locale or current_company().locale
    with translation.override(language), timezone.override(reader.zone):
        return COMPOSE[delivery.kind](delivery)
