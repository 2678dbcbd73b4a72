"""``kill -9`` on the worker while it sends webhooks: every record arrives, under one id."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from api.models import WebhookDelivery, WebhookEndpoint
from api.tasks import pump_webhooks
from api.webhooks.endpoints import add_endpoint
from tenants.companies.models import Company
from tests.api.webhooks.cast import write
from tests.companies.committing import committing
from tests.companies.webserver import Reply, WebServer, serving
from tests.faults.conftest import Worker, wait_until

pytestmark = pytest.mark.faults
RECORDS = 40


@pytest.fixture
def server(settings: Settings) -> Iterator[WebServer]:
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    with serving() as server:
        yield server


@pytest.fixture
def hooked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    with committing(django_db_blocker, "Hooked") as company:
        yield company


def test_every_record_arrives_and_each_under_one_id(
    hooked: Company, server: WebServer, tmp_path: Path
) -> None:
    add_endpoint(url=server.url("/hook"), actor=None)
    uids = write(RECORDS)
    worker = Worker(25, tmp_path / "worker.log")
    worker.environment["OUTBOUND_ALLOW_LOOPBACK"] = "true"
    server.replies = [Reply() for _ in range(7)] + [Reply(hangs=True)]
    try:
        worker.start()
        pump_webhooks.delay()
        wait_until(lambda: len(server.requests) == 8)  # the last of them hangs
        worker.kill()
        assert WebhookDelivery.objects.filter(state="sending").count() == 1
        _lease_ends()
        worker.start()
        pump_webhooks.delay()
        wait_until(lambda: not WebhookDelivery.objects.exclude(state="delivered").exists())
    finally:
        worker.kill()
    made = WebhookDelivery.objects.order_by("pk").values_list("record", flat=True)
    assert [str(uid) for uid in made] == uids
    arrived = [request.headers["webhook-id"] for request in server.requests]
    assert len(arrived) == RECORDS + 1
    assert len(set(arrived)) == RECORDS


def _lease_ends() -> None:
    WebhookEndpoint.objects.update(busy_until=timezone.now())
    WebhookDelivery.objects.filter(state="sending").update(next_attempt_at=timezone.now())
