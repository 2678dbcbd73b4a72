"""What follows from a try: it is there, it is tried again, or the endpoint pauses itself."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from api.webhooks.endpoints import stop
from api.webhooks.models import SECRETS, WebhookAttempt, WebhookDelivery, WebhookEndpoint
from api.webhooks.outcomes import Outcome
from api.webhooks.schedule import TRIES, WAITS, wait_after

PATIENCE: Final = timedelta(days=3)
"""An endpoint that has taken nothing for so long pauses itself."""
AWAY: Final = (timedelta(minutes=5), timedelta(hours=1))
"""So long one that does not answer is left alone, whatever else waits for it: at first, at most."""
GONE: Final = "It answered 410 Gone: it wants nothing more."
State = WebhookDelivery.State


@transaction.atomic
def settle(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> None:
    """Write the try down, and what follows. An attempt that outlived its lease changes nothing."""
    locked = WebhookEndpoint.objects.select_for_update().filter(pk=delivery.endpoint_id)
    endpoint = locked.defer(*SECRETS).first()
    if endpoint is None:
        return  # deleted while it was sent to, and its deliveries with it
    WebhookAttempt.objects.create(
        delivery=delivery,
        at=outcome.at,
        took_ms=outcome.took_ms,
        status=outcome.status,
        answer=outcome.answer,
        error=outcome.error[:300],
    )
    if outcome.is_delivered:
        _mark(delivery, state=State.DELIVERED, finished_at=now, last_error="")
    else:
        _postpone(delivery, outcome, now)
    if not delivery.is_test:  # that says something to whoever sent it, and nothing else
        _judge(endpoint, outcome, now)


def _judge(endpoint: WebhookEndpoint, outcome: Outcome, now: datetime) -> None:
    """What the try says of the endpoint."""
    if outcome.is_delivered:
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
            last_delivered_at=now, failing_since=None, not_before=None
        )
        return
    endpoint.failing_since = endpoint.failing_since or now
    alone = _left_alone(outcome, now, now - endpoint.failing_since)
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        failing_since=endpoint.failing_since, not_before=alone
    )
    if outcome.is_gone:
        stop(endpoint=endpoint, reason=GONE)
    elif endpoint.failing_since <= now - PATIENCE:
        told = f"Nothing arrived for {PATIENCE.days} days. Last: {outcome.error}"
        stop(endpoint=endpoint, reason=told[:300])


def give_up(*, endpoint: int, now: datetime) -> None:
    """Those whose last try died with its worker: nobody else would mark them. One query."""
    WebhookDelivery.objects.filter(
        endpoint=endpoint, state=State.SENDING, next_attempt_at__lte=now, tries__gte=TRIES
    ).update(state=State.FAILED, finished_at=now, last_error="The last attempt never came back.")


def _postpone(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> None:
    """To be tried again when its time comes, not before the other side wants it; or failed."""
    wait = None if delivery.is_test or outcome.is_gone else wait_after(delivery.tries)
    error = outcome.error[:300]
    if wait is None:
        _mark(delivery, state=State.FAILED, finished_at=now, last_error=error)
        return
    at = now + max(wait, outcome.wait or wait)
    _mark(delivery, state=State.WAITING, next_attempt_at=at, last_error=error)


def _left_alone(outcome: Outcome, now: datetime, failing: timedelta) -> datetime | None:
    """Until when nothing at all is sent there: the longer it has been failing, the longer.

    A first silence may be an accident.
    """
    if outcome.wait is not None:
        return now + outcome.wait
    if not outcome.ends_batch:
        return None
    at_first, at_most = AWAY
    return now + (min(max(at_first, failing / 4), at_most) if failing else WAITS[0])


def _mark(delivery: WebhookDelivery, **values: object) -> None:
    """Only while the claim is still ours."""
    WebhookDelivery.objects.filter(
        pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts
    ).update(**values)
