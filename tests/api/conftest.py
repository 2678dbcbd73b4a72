"""Tokens, requests with them, and records that are really committed.

A test runs in one transaction that never commits, and the feed shows nothing of transactions that
are still running. So what the feed is to show is committed through connections of its own, and
removed again at the end.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from api.models import Scope, digest
from tenants.companies.connections import connection
from tenants.companies.models import Company
from tests.api.commits import INSERT_TOKEN, Outside, insert_records, wait_until_shown
from tests.api.live import Live
from tests.api.live import live as serve
from tests.companies.committing import committing
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
def busy(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """A company of its own in which every request commits, for several connections at once."""
    with committing(django_db_blocker, "Busy") as company:
        yield company


@pytest.fixture
def live(busy: Company, tmp_path: Path, settings: Settings) -> Iterator[Live]:
    """That company behind a real web server, with some of everything."""
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    with serve(busy, tmp_path) as live:
        yield live


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
