"""What each kind of message says by mail: a module each, with a function ``compose``."""

from collections.abc import Callable

from django.core.mail import EmailMultiAlternatives

from reinforcement.channels.mail.messages import brief, check_back, heads_up, reputation
from reinforcement.models import Delivery
from tenants.people.readers import written_for

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
    with written_for(delivery.recipient):
        return COMPOSE[delivery.kind](delivery)
