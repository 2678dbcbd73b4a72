"""To L&D: the day has come to ask a manager whether it is better."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from reinforcement.channels.base import PermanentFailure
from reinforcement.channels.mail.messages.envelope import enclose
from reinforcement.models import Delivery
from tenants.companies.context import current_company

IN_SUBJECT = 60  # characters of the manager's words


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Four queries. Raises `PermanentFailure` where the barrier is gone, or another day was
    chosen since."""
    barrier = delivery.barrier
    assert barrier is not None  # noqa: S101  # what the kind says
    if barrier.check_back_on is None or barrier.check_back_on != barrier.reminded_on:
        raise PermanentFailure("It is not to be checked back on that day any more.")
    company, manager = current_company(), barrier.manager
    page = company.url(reverse("admin:reinforcement_barrier_change", args=[barrier.pk]))
    today = company.day_of(timezone.now())
    context = {
        "barrier": barrier,
        "manager": manager,
        "outcome": barrier.outcome,
        "paths": list(barrier.paths.all()),
        "days": (today - barrier.heard_on).days,
        "days_in_status": (today - barrier.status_since).days,
        "page_url": page,
    }
    words = Truncator(barrier.words).chars(IN_SUBJECT)
    told = {"name": manager.called, "words": words}
    return enclose(
        delivery, "check_back", _("Check back with %(name)s: “%(words)s”") % told, context
    )
