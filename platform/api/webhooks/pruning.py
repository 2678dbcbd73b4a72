"""What was delivered, failed or left out is kept for thirty days, with its attempts."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from api.webhooks.models import WebhookDelivery

KEPT: Final = timedelta(days=30)
AT_ONCE: Final = 5_000


def prune(*, now: datetime) -> int:
    """Delete at most `AT_ONCE` deliveries whose time is over; returns how many. Three queries."""
    over = Q(finished_at__lt=now - KEPT) | Q(record=None, created_at__lt=now - KEPT)
    keys = list(WebhookDelivery.objects.filter(over).values_list("pk", flat=True)[:AT_ONCE])
    if keys:
        WebhookDelivery.objects.filter(pk__in=keys).delete()
    return len(keys)
