"""Tokens, requests with them, and records that are really committed.

A test runs in one transaction that never commits, and the feed shows nothing of transactions that
are still running. So what the feed is to show is committed through connections of its own, and
removed again at the end.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from api.models import Scope, digest
from tenants.companies.models import Company
from tests.api.commits import INSERT_TOKEN, Outside, insert_records, wait_until_shown
from tests.people.conftest import sync as sync

COMMITTED_TOKEN = "tl_committed"


@pytest.fixture
def outside(acme: Company) -> Iterator[Outside]:
    """``outside()`` is one more connection to Acme's schema; what it commits is removed later."""
    parameters = {**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}
    opened: list[psycopg.Connection[Any]] = []

    def connect() -> psycopg.Connection[Any]:
        link = psycopg.connect(**parameters)
        link.execute(f"SET search_path = {acme.schema_name}")
        link.commit()
        opened.append(link)
        return link

    yield connect
    for link in opened:
        link.close()
    with connect() as link:
        link.execute("DELETE FROM learning_learningrecord")
        link.execute("DELETE FROM api_apitoken")
    link.close()


@pytest.fixture
def committed_token(outside: Outside) -> str:
    """A token that connections other than the test's own see. Just used, so it is not written."""
    with outside() as link:
        link.execute(INSERT_TOKEN, [digest(COMMITTED_TOKEN), [Scope.RECORDS_READ.value]])
    return COMMITTED_TOKEN


@pytest.fixture
def committed_records(outside: Outside) -> list[str]:
    """Uids of 25 records in the feed, all of one moment, in the order of the feed."""
    link = outside()
    uids = insert_records(link, 25)
    link.commit()
    wait_until_shown(link)
    return uids
