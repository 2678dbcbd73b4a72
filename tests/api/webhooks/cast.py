"""Webhooks and what goes to them, as these tests need it."""

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from standardwebhooks import Webhook

from api.models import WebhookDelivery, WebhookEndpoint
from api.webhooks.endpoints import add_endpoint, remove
from api.webhooks.outcomes import Outcome, attempt
from api.webhooks.pump import body_of
from api.webhooks.sending import send_due
from tests.companies.webserver import Request, WebServer

ENDPOINTS = "/api/v1/webhook-endpoints"
DELIVERIES = "/api/v1/webhook-deliveries"
INSERT = """
INSERT INTO learning_learningrecord (uid, kind, occurred_at, payload)
SELECT gen_random_uuid(), %s, '2026-11-18T08:30:00Z', jsonb_build_object('step', n)
FROM generate_series(1, %s) AS n
RETURNING uid::text
"""
SHOWN = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s"


def hook(server: WebServer, **given: Any) -> tuple[WebhookEndpoint, str]:
    """An endpoint that leads to this server, and its secret."""
    return add_endpoint(**{"url": server.url("/hook"), "actor": None, **given})


def waiting(endpoint: WebhookEndpoint, count: int = 1, **given: Any) -> list[WebhookDelivery]:
    """Deliveries that wait, as the pump makes them; the first is given first."""
    now = timezone.now()
    rows = []
    for number in range(count):
        uid = str(uuid4())
        text = json.dumps({"uid": uid, "kind": "step.done", "person": {"name": f"Zoë {number}"}})
        rows.append(
            WebhookDelivery(
                endpoint=endpoint,
                record=uid,
                kind="step.done",
                body=body_of("step.done", "2026-11-18T08:30:00.000000Z", text),
                next_attempt_at=now,
                created_at=now,
                **given,
            )
        )
    return WebhookDelivery.objects.bulk_create(rows)


def write(count: int = 1, kind: str = "step.done") -> list[str]:
    """Uids of new records; they show once every older transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [kind, count])
        return [uid for (uid,) in cursor.fetchall()]


def send(endpoint: WebhookEndpoint, **given: Any) -> Any:
    return send_due(endpoint=endpoint.pk, **given)


def delete_while_it_is_sent(patch: pytest.MonkeyPatch) -> None:
    """Whatever is sent from now on: its endpoint is gone before the answer is written down."""

    def send_and_delete(delivery: WebhookDelivery, now: datetime) -> Outcome:
        outcome = attempt(delivery, now)
        remove(endpoint=delivery.endpoint)
        return outcome

    patch.setattr("api.webhooks.sending.attempt", send_and_delete)


def verified(request: Request, secret: str) -> Any:
    """What the official library reads; raises `WebhookVerificationError`."""
    return Webhook(secret).verify(request.body, request.headers)


def state_of(row: WebhookDelivery | WebhookEndpoint) -> str:
    row.refresh_from_db()
    return row.state
