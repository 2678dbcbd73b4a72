"""Two runs at once for one company: the second waits, and sees what the first wrote."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.actions import sync_people
from tests.people.hris import outcomes, row

pytestmark = [pytest.mark.faults]
A_WHILE = 0.5  # seconds


def test_the_second_run_waits_for_the_first(
    company: Company, django_db_blocker: DjangoDbBlocker
) -> None:
    def push_again() -> tuple[list[str], float]:
        with django_db_blocker.unblock(), working_for(company):
            try:
                started = time.monotonic()
                result = sync_people(rows=[row(1), row(2)], source="api")
                return outcomes(result), time.monotonic() - started
            finally:
                connection.close()

    with ThreadPoolExecutor() as threads:
        with working_for(company), transaction.atomic():
            sync_people(rows=[row(1)], source="api")
            second = threads.submit(push_again)
            time.sleep(A_WHILE)
            assert not second.done()
        told, took = second.result(timeout=10)
    assert told == ["unchanged", "created"]
    assert took >= A_WHILE / 2
