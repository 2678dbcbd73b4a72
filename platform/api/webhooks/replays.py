"""Sending again what was sent, or failed for good: the same message, under the same id."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from api.webhooks.models import WebhookDelivery, WebhookEndpoint
from tenants.people.auditing import record_event

MOST: Final = 5_000
"""Deliveries that are sent again at once."""
State = WebhookDelivery.State


def finished() -> QuerySet[WebhookDelivery]:
    """What can be sent again: not what is on its way, and no test."""
    return WebhookDelivery.objects.filter(state__in=WebhookDelivery.FINISHED, record__isnull=False)


def in_range(
    *, endpoint: WebhookEndpoint, since: datetime, until: datetime, only_failed: bool
) -> QuerySet[WebhookDelivery]:
    """What was made from `since` until just before `until`, and can be sent again.

    Raises `ValidationError` by field where that is no time, or more than `MOST`. One query.
    """
    if since >= until:
        raise ValidationError({"until": "The end has to come after the beginning."})
    found = finished().filter(endpoint=endpoint, created_at__gte=since, created_at__lt=until)
    if only_failed:
        found = found.filter(state=State.FAILED)
    if (count := found.count()) > MOST:
        raise ValidationError(
            {
                "since": f"That is {count:,} deliveries, and at most {MOST:,} are sent again at "
                "once: choose a shorter time."
            }
        )
    return found


@transaction.atomic
def replay(*, deliveries: Iterable[WebhookDelivery]) -> int:
    """Send these again, from the first try on; returns how many can be. Five queries at most.

    Those of an endpoint that is not on wait until it is.
    """
    from api.tasks import pump_webhooks

    chosen = finished().filter(pk__in=[each.pk for each in deliveries])
    count = chosen.update(
        state=State.WAITING,
        tries=0,
        next_attempt_at=timezone.now(),
        finished_at=None,
        last_error="",
    )
    if count:
        things = "1 webhook delivery" if count == 1 else f"{count:,} webhook deliveries"
        record_event(action="replay", words=f"Sent {things} again")
        transaction.on_commit(pump_webhooks.delay, robust=True)
    return count
