"""Newcomers created at once: several go on side by side, and miss neither each other nor a key."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.actions import sync_people
from tenants.people.models import Person, SyncRun
from tests.api.asking import issue

pytestmark = [pytest.mark.faults]
A_WHILE = 0.5  # seconds
SCHEMAS = [
    "urn:ietf:params:scim:schemas:core:2.0:User",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
]


class Create(Protocol):
    """POST a user with that key, who reports to whoever has the other; the status."""

    def __call__(self, key: str, manager: str = "") -> int: ...


@pytest.fixture
def create(company: Company) -> Create:
    with working_for(company):
        token = issue()
    client = Client(headers={"host": "faults.localhost", "authorization": f"Bearer {token}"})

    def create(key: str, manager: str = "") -> int:
        user: dict[str, Any] = {
            "schemas": SCHEMAS,
            "userName": f"{key}@faults.example",
            "externalId": key,
            SCHEMAS[1]: {"manager": {"value": manager}},
        }
        answer = client.post("/scim/v2/Users", user, content_type="application/scim+json")
        return answer.status_code

    return create


class Elsewhere:
    """Does the same on a connection of its own."""

    def __init__(self, create: Create, blocker: DjangoDbBlocker, threads: ThreadPoolExecutor):
        self._create, self._blocker, self._threads = create, blocker, threads

    def create(self, key: str, manager: str = "") -> Future[int]:
        def post() -> int:
            with self._blocker.unblock():
                try:
                    return self._create(key, manager)
                finally:
                    connection.close()

        return self._threads.submit(post)


@pytest.fixture
def elsewhere(create: Create, django_db_blocker: DjangoDbBlocker) -> Iterator[Elsewhere]:
    with ThreadPoolExecutor() as threads:
        yield Elsewhere(create, django_db_blocker, threads)


def manager_of(key: str) -> str | None:
    manager = Person.objects.get(external_id=key).manager
    return manager.external_id if manager else None


def test_newcomers_do_not_wait_for_each_other(
    company: Company, create: Create, elsewhere: Elsewhere
) -> None:
    with working_for(company), transaction.atomic():
        assert create("first") == 201
        assert elsewhere.create("second").result(timeout=10) == 201
    with working_for(company):
        assert Person.objects.filter(external_id__in=["first", "second"]).count() == 2
        assert SyncRun.objects.filter(source="scim", created=1).count() == 2


def test_a_newcomer_finds_the_manager_who_is_created_at_once(
    company: Company, create: Create, elsewhere: Elsewhere
) -> None:
    with working_for(company), transaction.atomic():
        assert create("manager") == 201
        report = elsewhere.create("report", "manager")
        time.sleep(A_WHILE)
        assert not report.done()
    assert report.result(timeout=10) == 201
    with working_for(company):
        assert manager_of("report") == "manager"


def test_a_newcomer_finds_the_report_who_is_created_at_once(
    company: Company, create: Create, elsewhere: Elsewhere
) -> None:
    with working_for(company), transaction.atomic():
        assert create("report", "manager") == 201
        manager = elsewhere.create("manager")
        time.sleep(A_WHILE)
        assert not manager.done()
    assert manager.result(timeout=10) == 201
    with working_for(company):
        assert manager_of("report") == "manager"


def test_of_two_with_the_same_keys_one_is_refused(
    company: Company, create: Create, elsewhere: Elsewhere
) -> None:
    with working_for(company), transaction.atomic():
        assert create("same") == 201
        second = elsewhere.create("same")
        time.sleep(A_WHILE)
        assert not second.done()
    assert second.result(timeout=10) == 409
    with working_for(company):
        assert Person.objects.filter(external_id="same").count() == 1


def test_a_newcomer_waits_for_a_run_of_another_kind(company: Company, elsewhere: Elsewhere) -> None:
    """It brings somebody who goes by the userName of the newcomer."""
    row = {"external_id": "hris-1", "email": "taken@faults.example", "given_name": "Taken"}
    with working_for(company), transaction.atomic():
        sync_people(rows=[row], source="api")
        newcomer = elsewhere.create("taken")
        time.sleep(A_WHILE)
        assert not newcomer.done()
    assert newcomer.result(timeout=10) == 409
