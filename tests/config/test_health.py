"""Probes answer on any host, and readiness names the part that does not."""

import pytest
from django.test import Client

from config import health

ANYWHERE = Client(headers={"host": "10.0.0.7:8000"})


def test_live_touches_no_database():
    assert ANYWHERE.get("/health/live").json() == {"status": "live"}


@pytest.mark.django_db
def test_ready_asks_database_queue_and_cache():
    response = ANYWHERE.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready", "database": "ok", "queue": "ok", "cache": "ok",
    }  # fmt: skip


@pytest.mark.django_db
def test_not_ready_names_the_part(monkeypatch):
    def down() -> None:
        raise ConnectionError

    monkeypatch.setitem(health.PARTS, "queue", down)
    response = ANYWHERE.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["queue"] == "ConnectionError"
    assert response.json()["database"] == "ok"
