"""Rows that are really committed, through connections other than the test's own."""

import time
from collections.abc import Callable
from typing import Any

import psycopg

INSERT_TOKEN = """
INSERT INTO api_apitoken (uid, name, digest, scopes, created_at, expires_at, last_used_at)
VALUES (gen_random_uuid(), 'feed', %s, %s, now(), now() + interval '1 day', now())
"""
INSERT_RECORDS = """
INSERT INTO learning_learningrecord (uid, kind, occurred_at, payload)
SELECT gen_random_uuid(), %(kind)s, %(occurred_at)s,
       jsonb_build_object(
           'person', jsonb_build_object(
               'uid', coalesce(%(person)s::uuid, gen_random_uuid()), 'email', 'lee@acme.example',
               'external_id', NULL, 'employee_number', NULL),
           'path', jsonb_build_object(
               'uid', coalesce(%(path)s::uuid, gen_random_uuid()), 'name', 'Selling'),
           'assignment', jsonb_build_object('uid', gen_random_uuid(), 'outcome', 'Close faster',
                                            'claim', 'close deals faster'),
           'step', jsonb_build_object(
               'uid', gen_random_uuid(), 'title', coalesce(%(title)s, n::text)))
FROM generate_series(1, %(count)s) AS n
RETURNING uid::text
"""
PLAIN = {
    "kind": "step.done",
    "occurred_at": "2026-11-18T08:30:00Z",
    "person": None,
    "path": None,
    "title": None,
}
Outside = Callable[[], psycopg.Connection[Any]]


def insert_records(link: psycopg.Connection[Any], count: int, **told: str) -> list[str]:
    """Uids of `count` new records, not committed yet; `told` is what differs from `PLAIN`."""
    values = {**PLAIN, **told, "count": count}
    return [uid for (uid,) in link.execute(INSERT_RECORDS, values).fetchall()]


def wait_until_shown(link: psycopg.Connection[Any]) -> None:
    """Until every older transaction has ended, also those of tests on other cores."""
    ours = _number(link, "pg_current_xact_id()")
    deadline = time.monotonic() + 60
    while _number(link, "pg_snapshot_xmin(pg_current_snapshot())") <= ours:
        assert time.monotonic() < deadline, "a transaction elsewhere does not end"
        time.sleep(0.01)


def _number(link: psycopg.Connection[Any], expression: str) -> int:
    """A transaction number, read in a transaction of its own."""
    row = link.execute(f"SELECT ({expression})::text::bigint").fetchone()
    link.commit()
    assert row
    return int(row[0])
