"""Sends what is in the outbox. At least once, and under one id however often.

One worker at a time sends to an endpoint, so that one that hangs costs one worker ten seconds. A
delivery is claimed in a short transaction, sent outside of any, and settled in another. Killed in
between, it counts as lost when its lease ends, and is taken up again.
"""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from api.webhooks.models import TEST, WebhookDelivery, WebhookEndpoint
from api.webhooks.outcomes import Outcome, attempt
from api.webhooks.pump import body_of
from api.webhooks.schedule import TRIES
from api.webhooks.settling import give_up, settle

LEASE: Final = timedelta(seconds=60)
BATCH: Final = 100
BUDGET: Final = 10.0  # seconds: after them no further delivery is begun
SOON: Final = timedelta(minutes=1)
"""What is due within it does not wait for the tick."""

MOMENT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"  # as the feed writes it
State = WebhookDelivery.State


def due(now: datetime) -> list[int]:
    """The keys of the endpoints for which something is due, by how long it has waited."""
    ready = _ready(now).order_by().values("endpoint").annotate(first=Min("next_attempt_at"))
    return [row["endpoint"] for row in ready.order_by("first")]


def send_due(*, endpoint: int, now: datetime | None = None) -> timedelta | None:
    """Send what is due to one endpoint (its key), at most `BATCH` deliveries, for some seconds.

    Returns how long to wait for the next one where that is soon; None: the tick is soon enough.
    One that does not answer is left alone after the first try. Somebody else at it: nothing.
    """
    if not _take(endpoint, now or timezone.now()):
        return None
    began = time.perf_counter()
    try:
        for _ in range(BATCH):
            delivery = _claim(endpoint, now or timezone.now())
            if delivery is None:
                break
            outcome = _send(delivery, now)
            if outcome.ends_batch or time.perf_counter() - began > BUDGET:
                break
    finally:
        WebhookEndpoint.objects.filter(pk=endpoint).update(busy_until=None)
    return _next(endpoint, now or timezone.now())


def send_test(*, endpoint: WebhookEndpoint, now: datetime | None = None) -> WebhookDelivery | None:
    """Send a test at once, also where it is paused, and return it with its outcome.

    None where the endpoint was deleted meanwhile.

    By the same way as any other, but once only: it says nothing about the endpoint. Ten seconds
    at most.
    """
    at = now or timezone.now()
    told = {"endpoint": str(endpoint.uid), "message": "This is a test from Throughline."}
    delivery = WebhookDelivery.objects.create(
        endpoint=endpoint,
        kind=TEST,
        body=body_of(TEST, at.astimezone(UTC).strftime(MOMENT), json.dumps(told)),
        state=State.SENDING,  # claimed from the start, so that nobody else takes it up
        attempts=1,
        tries=1,
        next_attempt_at=at + LEASE,
        created_at=at,
    )
    _send(delivery, now)
    return WebhookDelivery.objects.filter(pk=delivery.pk).first()


def _take(endpoint: int, now: datetime) -> bool:
    """Whether it is ours to send to, until it is given back or its lease ends."""
    give_up(endpoint=endpoint, now=now)
    free = Q(busy_until=None) | Q(busy_until__lte=now)
    return bool(WebhookEndpoint.objects.filter(free, pk=endpoint).update(busy_until=now + LEASE))


@transaction.atomic
def _claim(endpoint: int, now: datetime) -> WebhookDelivery | None:
    delivery = (
        _ready(now)
        .filter(endpoint=endpoint)
        .select_related("endpoint")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("next_attempt_at", "id")
        .first()
    )
    if delivery is None:
        return None
    delivery.state = State.SENDING
    delivery.attempts += 1
    delivery.tries += 1
    delivery.next_attempt_at = now + LEASE
    delivery.save(update_fields=["state", "attempts", "tries", "next_attempt_at"])
    return delivery


def _send(delivery: WebhookDelivery, now: datetime | None) -> Outcome:
    """Whatever goes wrong is the outcome of this delivery, and stops no other."""
    outcome = attempt(delivery, now or timezone.now())
    settle(delivery, outcome, now or timezone.now())
    return outcome


def _ready(now: datetime) -> QuerySet[WebhookDelivery]:
    """What is to be sent, but of endpoints that are to be left alone."""
    alone = Q(endpoint__not_before=None) | Q(endpoint__not_before__lte=now)
    return WebhookDelivery.objects.filter(
        alone,
        endpoint__state=WebhookEndpoint.State.ON,
        state__in=WebhookDelivery.OPEN,
        next_attempt_at__lte=now,
        tries__lt=TRIES,
    )


def _next(endpoint: int, now: datetime) -> timedelta | None:
    """When to come back, of what is due within `SOON`."""
    first = _ready(now + SOON).filter(endpoint=endpoint).order_by("next_attempt_at")
    at = first.values_list("next_attempt_at", "endpoint__not_before").first()
    return max(timedelta(0), max(filter(None, at)) - now) if at else None
