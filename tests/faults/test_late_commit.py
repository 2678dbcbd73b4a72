"""Records of transactions that commit late: whoever polls the feed misses none."""

import json
import time
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from config.queue import database_conninfo
from learning.feed import Cursor, read_page
from learning.models import LearningRecord
from tenants.companies.actions import create_company, drop_company
from tenants.companies.context import working_for
from tenants.companies.models import Company

pytestmark = pytest.mark.faults
PATIENCE = 60  # seconds: other tests' transactions of the same server hold the feed back too
WRITE = """
INSERT INTO learning_learningrecord (uid, kind, occurred_at, payload)
VALUES (%s, 'step.done', now(), %s)
"""


@pytest.fixture
def company(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    with django_db_blocker.unblock():
        company = create_company(name="Late", slug="late", root_domain="localhost")
        try:
            with working_for(company):
                yield company
        finally:
            drop_company(company)
            connections.close_all()


class Writer:
    """A transaction of its own: begins with its first record, ends when it is told to."""

    def __init__(self, company: Company) -> None:
        self._connection = psycopg.connect(database_conninfo())
        self._connection.execute(
            "SELECT set_config('search_path', %s, false)", [company.schema_name]
        )
        self._connection.commit()
        self.uncommitted: list[str] = []

    def write(self) -> None:
        uid = str(uuid4())
        self._connection.execute(WRITE, [uid, json.dumps({"person": {"uid": str(uuid4())}})])
        self.uncommitted.append(uid)

    def commit(self) -> list[str]:
        self._connection.commit()
        written, self.uncommitted = self.uncommitted, []
        return written

    def roll_back(self) -> None:
        self._connection.rollback()
        self.uncommitted = []

    def close(self) -> None:
        self._connection.close()


class Reader:
    """Polls, remembering only its cursor, as a warehouse does."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self._cursor = Cursor()

    def poll(self) -> None:
        page = read_page(after=Cursor.parse(str(self._cursor)), limit=2)
        self.read += [json.loads(record)["uid"] for record in page.records]
        self._cursor = page.cursor

    def poll_until(self, count: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while len(self.read) < count and time.monotonic() < deadline:
            self.poll()


@pytest.fixture
def writers(company: Company) -> Iterator[list[Writer]]:
    made = [Writer(company) for _ in range(3)]
    yield made
    for writer in made:
        writer.close()


def test_a_row_that_commits_late_comes_before_what_was_written_after_it(
    company: Company, writers: list[Writer]
) -> None:
    slow, quick, _ = writers
    reader = Reader()
    slow.write()
    quick.write()
    after = quick.commit()
    for _ in range(3):
        reader.poll()
    assert reader.read == []  # the quick row waits for the slow one: a cursor past it would skip it
    before = slow.commit()
    reader.poll_until(2)
    assert reader.read == before + after


def test_a_transaction_that_is_given_up_holds_nothing_back(
    company: Company, writers: list[Writer]
) -> None:
    slow, quick, _ = writers
    reader = Reader()
    slow.write()
    quick.write()
    written = quick.commit()
    slow.roll_back()
    reader.poll_until(1)
    assert reader.read == written


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "commit", "roll back", "poll"]), st.integers(0, 2)
    ),
    max_size=25,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=MOVES)
def test_a_reader_that_polls_meanwhile_ends_with_exactly_what_was_committed(
    company: Company, writers: list[Writer], moves: list[tuple[str, int]]
) -> None:
    reader = Reader()
    reader.poll_until(LearningRecord.objects.count())  # of earlier examples
    already = len(reader.read)
    committed: list[str] = []
    for move, number in moves:
        writer = writers[number]
        match move:
            case "write":
                writer.write()
            case "commit":
                committed += writer.commit()
            case "roll back":
                writer.roll_back()
            case "poll":
                reader.poll()
                assert set(reader.read[already:]) <= set(committed)
    for writer in writers:
        committed += writer.commit()
    reader.poll_until(already + len(committed))
    reader.poll()
    assert sorted(reader.read[already:]) == sorted(committed)
