"""Sessions that stay open from one request to the next, and what becomes of one that ended."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from config.database import base
from config.queue import database_conninfo
from tenants.companies.connections import connection

pytestmark = pytest.mark.django_db

LAST_ASKED = "SELECT query FROM pg_stat_activity WHERE pid = %s"
HANG_UP = "SELECT pg_terminate_backend(%s, 5000)"


@pytest.fixture
def session() -> Iterator[Any]:
    """One that a request before has used."""
    kept = connection.copy()
    kept.set_tenant(connection.tenant)
    _ask(kept)
    kept.close_if_unusable_or_obsolete()  # as the next request begins
    yield kept
    kept.close()


@pytest.fixture
def outside() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_conninfo(), autocommit=True) as link:
        yield link


def test_a_session_that_was_just_used_is_not_asked_whether_it_answers(
    session: Any, outside: psycopg.Connection[Any]
) -> None:
    session.cursor().close()
    assert _last_asked(session, outside) == "SELECT 7"


def test_a_session_that_was_idle_for_long_is_asked(
    session: Any, outside: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "IDLE", 0.0)
    session.cursor().close()
    assert _last_asked(session, outside) == "SELECT 1"


def test_where_postgresql_hung_up_the_next_request_gets_another_session(
    session: Any, outside: psycopg.Connection[Any]
) -> None:
    was = _pid(session)
    assert outside.execute(HANG_UP, [was]).fetchone() == (True,)
    assert _ask(session) == 7
    assert _pid(session) != was


def _ask(session: Any) -> int:
    with session.cursor() as cursor:
        cursor.execute("SELECT 7")
        return int(cursor.fetchone()[0])


def _pid(session: Any) -> int:
    return int(session.connection.info.backend_pid)


def _last_asked(session: Any, outside: psycopg.Connection[Any]) -> str:
    row = outside.execute(LAST_ASKED, [_pid(session)]).fetchone()
    assert row
    return str(row[0])
