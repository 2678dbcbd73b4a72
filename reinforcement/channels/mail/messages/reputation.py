"""One question to a new hire about their onboarding."""

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import gettext as _

from reinforcement.channels.base import PermanentFailure
from reinforcement.channels.mail.messages.envelope import enclose
from reinforcement.models import Delivery, Reputation
from reinforcement.reputation_links import reputation_path
from reinforcement.reputations import OPEN_FOR, QUESTION, WHO_SEES, closed_because
from tenants.companies.context import current_company


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Three queries. Raises `PermanentFailure` where it is open no more, or answered already."""
    reputation = Reputation.objects.select_related("person").get(deliveries=delivery)
    if reason := closed_because(reputation, now=timezone.now()):
        raise PermanentFailure(reason)
    if reputation.answer is not None:
        raise PermanentFailure("It was answered on the portal.")
    base = current_company().url("")
    context = {
        "base": base,
        "question": QUESTION,
        "who_sees": WHO_SEES,
        "day": reputation.day,
        "answers": [
            {"label": answer.label, "url": base + reputation_path(reputation, answer)}
            for answer in sorted(Reputation.Answer, reverse=True)
        ],
        "until": timezone.localtime(reputation.asked_at + OPEN_FOR),
    }
    return enclose(delivery, "reputation", _("One question about your onboarding"), context)
