"""The feed of learning records: pages that never skip a row which commits late.

Rows are ordered by (transaction, id) and served once no older transaction is still running.
A snapshot's xmin is exactly that bound: PostgreSQL 18 documentation, section 9.28, table 9.84.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from tenants.companies.context import current_company, working_for
from tenants.companies.models import Company
from tenants.companies.signing import BadToken, seal, unseal

SHOWN = "transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
MOMENT = """to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
"""Of one length: not every reader takes five digits of a second."""
PAGE = f"""
SELECT transaction, id,
       '{{"uid": "' || uid || '", "kind": "' || kind || '", "occurred_at": "' || {MOMENT}
       || '", ' || right(payload::text, -1) AS record
FROM learning_learningrecord
WHERE (transaction, id) > (%s, %s) AND {{conditions}}
ORDER BY transaction, id
LIMIT %s
"""  # noqa: S608
"""A record is its payload's text, with the other members put before it.

That costs as little as `row_to_json`: half of what it takes to have `jsonb` build and merge them.
"""
LAST = f"""
SELECT transaction, id, NULL::text AS record FROM learning_learningrecord
WHERE {SHOWN}
ORDER BY transaction DESC, id DESC
LIMIT 1
"""  # noqa: S608
PAGE_AND_LAST = """
SELECT * FROM ((%s) UNION ALL (%s)) AS feed ORDER BY record IS NULL, transaction, id
"""
COUNT = f"""
SELECT count(*) FROM learning_learningrecord
WHERE (transaction, id) > (%s, %s)
  AND {SHOWN}
  AND (cardinality(%s::text[]) = 0 OR kind = ANY(%s::text[]))
"""  # noqa: S608
END = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
LAST_ROW = 2**63 - 1
BATCH = 1000
"""Records of a stream that are in memory at a time: about half a megabyte."""


class ExpiredCursor(ValueError):
    """The cursor is of a feed that a restore ended: start over without one."""


@dataclass(frozen=True, order=True)
class Cursor:
    """The place after the last row read. Outside it is one opaque, signed word.

    A place is the same word each time, and good with any filters: it is one of the whole feed.
    """

    transaction: int = -1
    id: int = -1

    def __str__(self) -> str:
        return seal("feed", [current_company().feed_epoch, self.transaction, self.id])

    @classmethod
    def parse(cls, word: str) -> "Cursor":
        """Raises `BadToken` on a word that is not ours, `ExpiredCursor` on an earlier epoch's."""
        value = unseal("feed", word)
        if not isinstance(value, list) or len(value) != 3:
            raise BadToken("Not a cursor.")
        epoch, transaction, row = value
        if epoch != current_company().feed_epoch:
            raise ExpiredCursor("This cursor is of before a restore.")
        return cls(transaction, row)


@dataclass(frozen=True)
class Wanted:
    """Which records; what is not said narrows nothing. `person` and `path` are uids."""

    kinds: Collection[str] = ()
    person: str | None = None
    path: str | None = None
    since: datetime | None = None

    def conditions(self) -> dict[str, Any]:
        """As SQL, each with its value, in the very words of `LearningRecord`'s indexes."""
        told = {
            "kind = ANY(%s)": list(self.kinds) or None,
            "payload #>> '{person,uid}' = %s": self.person,
            "payload #>> '{path,uid}' = %s": self.path,
            "occurred_at >= %s": self.since,
        }
        return {condition: value for condition, value in told.items() if value is not None}


EVERYTHING = Wanted()


@dataclass(frozen=True)
class Page:
    """Records as JSON texts built by PostgreSQL, and where to go on."""

    records: list[str]
    cursor: Cursor
    more: bool


def read_page(*, after: Cursor, limit: int, wanted: Wanted = EVERYTHING) -> Page:
    """At most `limit` records after a cursor. One query.

    Where records are chosen and there are no more of them, the cursor is that of the last record
    of the whole feed, read in the same snapshot: whoever waits for a rare kind does not look
    through the same rows again.
    """
    chosen = wanted.conditions()
    query = _page_of(SHOWN, *chosen)
    if chosen:
        query = PAGE_AND_LAST % (query, LAST)
    return _read(query, after, list(chosen.values()), limit)


def read_last() -> Cursor:
    """The place after the last record that is shown by now. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LAST)
        return max((Cursor(*row[:2]) for row in cursor.fetchall()), default=Cursor())


def stream(*, after: Cursor, until: Cursor, wanted: Wanted = EVERYTHING) -> Iterator[list[str]]:
    """All records after one cursor, up to another that was read before; in batches.

    A query each, over at once: whoever reads slowly keeps no transaction open, and whoever goes
    away leaves none behind. It is of the company that is set now, whichever is set when it is read.
    """
    return _batches(current_company(), after, until, wanted)


def _batches(company: Company, after: Cursor, until: Cursor, wanted: Wanted) -> Iterator[list[str]]:
    chosen = wanted.conditions()
    query = _page_of("(transaction, id) <= (%s, %s)", *chosen)
    values = [until.transaction, until.id, *chosen.values()]
    more = after < until
    while more:
        with working_for(company):
            page = _read(query, after, values, BATCH)
        if page.records:
            yield page.records
        after, more = page.cursor, page.more


def _page_of(*conditions: str) -> str:
    return PAGE.replace("{conditions}", " AND ".join(conditions))


def _read(query: str, after: Cursor, values: list[Any], limit: int) -> Page:
    with connection.cursor() as cursor:
        cursor.execute(query, [after.transaction, after.id, *values, limit + 1])
        rows = cursor.fetchall()
    last = rows.pop()[:2] if rows and rows[-1][2] is None else None  # of the whole feed
    if more := len(rows) > limit:
        rows.pop()
    places = [Cursor(*row[:2]) for row in rows[-1:]]
    if last and not more:
        places.append(Cursor(*last))
    return Page([record for _, _, record in rows], max([after, *places]), more)


def read_end() -> Cursor:
    """The place after all that is shown by now, for whoever starts from here. One query."""
    with connection.cursor() as cursor:
        cursor.execute(END)
        [(first_hidden,)] = cursor.fetchall()
    return Cursor(first_hidden - 1, LAST_ROW)


def count_after(cursor: Cursor, kinds: Collection[str] = ()) -> int:
    """How many records are shown after it, of these kinds; of all where none is named."""
    wanted = list(kinds)
    with connection.cursor() as database:
        database.execute(COUNT, [cursor.transaction, cursor.id, wanted, wanted])
        [(count,)] = database.fetchall()
    return int(count)
