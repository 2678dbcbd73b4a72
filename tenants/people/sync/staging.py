"""What a run writes, laid out as a table for one statement to read from."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from secrets import token_hex
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from tenants.people.sync.drafts import Draft
from tenants.people.sync.roster import FIELDS, State

FEW: Final = 200
"""Rows up to which a parameter is faster than COPY: a temporary table costs two milliseconds."""

TYPES: Final[Mapping[str, str]] = {
    "person": "bigint",
    "uid": "uuid",
    "password": "text",
    "new_manager": "uuid",
    **dict.fromkeys(FIELDS, "text"),
    **dict.fromkeys(("hired_on", "rehired_on", "ended_on"), "date"),
    "deprovisioned_at": "timestamptz",
    "attributes": "jsonb",
    "manager": "bigint",
}
"""The columns of a staged row: a person's key, or the uid of somebody new; their fields, but for a
manager who is new as well and goes by uid."""

TABLE: Final = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
COPY: Final = f"COPY people_staged ({', '.join(TYPES)}) FROM STDIN"

Uids = Mapping[int, UUID]


@contextmanager
def staged(
    cursor: Any, drafts: Sequence[Draft], uids: Uids | None = None
) -> Iterator[tuple[str, list[str]]]:
    """A row per draft as what a statement can read FROM, and the parameters that takes.

    `uids` are those of newcomers, by the keys they go by until they are stored.
    """
    rows = (_row(draft, uids or {}) for draft in drafts)
    if len(drafts) <= FEW:
        yield f"json_to_recordset(%s) AS staged ({TABLE})", [json.dumps(list(rows), default=str)]
        return
    cursor.execute(f"CREATE TEMPORARY TABLE people_staged ({TABLE}) ON COMMIT DROP")
    with cursor.copy(COPY) as copy:
        for row in rows:
            row["attributes"] = json.dumps(row["attributes"])
            copy.write_row([row[name] for name in TYPES])
    yield "people_staged AS staged", []
    cursor.execute("DROP TABLE people_staged")


def _row(draft: Draft, uids: Uids) -> dict[str, Any]:
    row: State = {
        "person": None,
        "uid": None,
        "password": None,
        "new_manager": None,
        **draft.before,
    }
    row.update(draft.changes)
    if draft.is_new:
        row["uid"] = uids[draft.person]
        row["password"] = f"{UNUSABLE_PASSWORD_PREFIX}{token_hex(20)}"
    else:
        row["person"] = draft.person
    if (manager := row["manager"]) in uids:
        row["manager"], row["new_manager"] = None, uids[manager]
    return row
