"""The feed of learning records: pages that never skip a row which commits late.

Rows are ordered by (transaction, id) and served once no older transaction is still running.
A snapshot's xmin is exactly that bound: PostgreSQL 18 documentation, section 9.28, table 9.84.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from tenants.companies.context import current_company
from tenants.companies.signing import BadToken, sign, unsign

PAGE = """
SELECT transaction, id, (jsonb_build_object(
    'uid', uid, 'kind', kind,
    'occurred_at', to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
) || payload)::text
FROM learning_learningrecord
WHERE (transaction, id) > (%s, %s)
  AND transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY transaction, id
LIMIT %s
"""
COUNT = """
SELECT count(*) FROM learning_learningrecord
WHERE (transaction, id) > (%s, %s)
  AND transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  AND (cardinality(%s::text[]) = 0 OR kind = ANY(%s::text[]))
"""
END = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
LAST_ROW = 2**63 - 1


class ExpiredCursor(ValueError):
    """The cursor is of a feed that a restore ended: start over without one."""


@dataclass(frozen=True)
class Cursor:
    """The place after the last row read. Outside it is one opaque, signed word."""

    transaction: int = -1
    id: int = -1

    def __str__(self) -> str:
        return sign("feed", [current_company().feed_epoch, self.transaction, self.id])

    @classmethod
    def parse(cls, word: str) -> "Cursor":
        """Raises `BadToken` on a word that is not ours, `ExpiredCursor` on an earlier epoch's."""
        value = unsign("feed", word)
        if not isinstance(value, list) or len(value) != 3:
            raise BadToken("Not a cursor.")
        epoch, transaction, row = value
        if epoch != current_company().feed_epoch:
            raise ExpiredCursor("This cursor is of before a restore.")
        return cls(transaction, row)


@dataclass(frozen=True)
class Page:
    """Records as JSON texts built by PostgreSQL, and where to go on."""

    records: list[str]
    cursor: Cursor
    more: bool


def read_page(*, after: Cursor, limit: int) -> Page:
    """At most `limit` records after a cursor. One query."""
    with connection.cursor() as cursor:
        cursor.execute(PAGE, [after.transaction, after.id, limit + 1])
        rows = cursor.fetchall()
    page = rows[:limit]
    last = Cursor(page[-1][0], page[-1][1]) if page else after
    return Page([text for _, _, text in page], last, more=len(rows) > limit)


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
