from typing import Any

import pytest
from django.core.cache import cache

from portal.sign_up import tasks
from tenants.companies.actions import provisioning
from tenants.companies.connections import connection
from tests.portal.sign_up.cast import Outsider


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: None) -> None:
    connection.set_schema_to_public()
    cache.clear()


@pytest.fixture
def left_to_do(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs that a worker would set up; these tests have none."""
    runs: list[str] = []
    monkeypatch.setattr(provisioning, "ask_worker", runs.append)
    return runs


@pytest.fixture
def ines(
    left_to_do: list[str],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> Outsider:
    for task in (tasks.send_code, tasks.tell_companies):
        monkeypatch.setattr(task, "delay", task)
    return Outsider(django_capture_on_commit_callbacks)
