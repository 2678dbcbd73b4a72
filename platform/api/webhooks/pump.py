"""From the feed of learning records into the outbox, for each endpoint from its own place on.

The deliveries of a page and the place after it are written in one transaction: killed at any
moment, nothing is lost and nothing is there twice.
"""

import json
import logging
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from api.webhooks.models import WebhookDelivery, WebhookEndpoint
from learning.feed import read_end, read_page
from tenants.companies.context import current_company

logger = logging.getLogger(__name__)

PAGE: Final = 500
"""Records that are read at once."""


def pump() -> int:
    """Read on for every endpoint that is on, to the end of the feed; returns how many deliveries.

    Four queries for each page of each endpoint, besides the transaction's. Two at the same time
    wait for each other.
    """
    made = 0
    on = WebhookEndpoint.objects.filter(state=WebhookEndpoint.State.ON)
    for key in on.values_list("pk", flat=True):
        more = True
        while more:
            count, more = _take_page(key)
            made += count
    return made


@transaction.atomic
def _take_page(key: int) -> tuple[int, bool]:
    """How many deliveries came of a page, and whether there is more to read."""
    endpoint = WebhookEndpoint.objects.select_for_update().filter(pk=key).first()
    if endpoint is None or not endpoint.is_on:
        return 0, False
    if endpoint.feed_epoch != current_company().feed_epoch:
        _start_over(endpoint)
        return 0, False
    page, now = read_page(after=endpoint.cursor, limit=PAGE), timezone.now()
    found = [_delivery(endpoint, text, now) for text in page.records]
    wanted = [delivery for delivery in found if endpoint.wants(delivery.kind)]
    if wanted:
        WebhookDelivery.objects.bulk_create(wanted, ignore_conflicts=True)
    if found:
        WebhookEndpoint.objects.filter(pk=key).update(
            feed_transaction=page.cursor.transaction, feed_row=page.cursor.id
        )
    return len(wanted), page.more


def _start_over(endpoint: WebhookEndpoint) -> None:
    """A restore ended the feed it read: its place means nothing any more, so it goes on now."""
    end = read_end()
    endpoint.feed_epoch = current_company().feed_epoch
    endpoint.feed_transaction, endpoint.feed_row = end.transaction, end.id
    endpoint.restarted_at = timezone.now()
    endpoint.save(
        update_fields=["feed_epoch", "feed_transaction", "feed_row", "restarted_at"],
    )
    logger.warning("Webhook %s goes on from now: the feed was restored", endpoint.uid)


def _delivery(endpoint: WebhookEndpoint, text: str, now: datetime) -> WebhookDelivery:
    record = json.loads(text)
    return WebhookDelivery(
        endpoint=endpoint,
        record=record["uid"],
        kind=record["kind"],
        body=body_of(record["kind"], record["occurred_at"], text),
        next_attempt_at=now,
        created_at=now,
    )


def body_of(kind: str, occurred_at: str, text: str) -> str:
    """As it is signed and sent; `text` is the JSON of what is told."""
    return f'{{"type":{json.dumps(kind)},"timestamp":{json.dumps(occurred_at)},"data":{text}}}'
