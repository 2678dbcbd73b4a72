"""Writing what a run decided, in the same number of statements for ten people or ten thousand."""

import json
from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection

from tenants.companies.identifiers import new_uid
from tenants.people.sync.drafts import Draft
from tenants.people.sync.roster import FIELDS, KEYS, Roster, State

COPIED = [name for name in FIELDS if name not in ("department", "manager")]
COLUMNS = ", ".join((*COPIED, "manager_id"))
STAGED = ", ".join(f"staged.{name}" for name in (*COPIED, "manager_id"))

LOCK = "SELECT pg_advisory_xact_lock(hashtext(current_schema()))"
NEW_KEYS = """
SELECT nextval(pg_get_serial_sequence('people_person', 'id')) FROM generate_series(1, %s)
"""
NEW_DEPARTMENTS = """
INSERT INTO people_department (uid, name) SELECT * FROM unnest(%s::uuid[], %s::text[])
ON CONFLICT (name) DO NOTHING
"""
RELEASE = """
UPDATE people_person SET external_id = NULL, employee_number = NULL, email = NULL,
    user_name = NULL
WHERE id = ANY(%s)
"""
# The list of columns is ours, never input.
STAGE = f"""
CREATE TEMPORARY TABLE people_staged ON COMMIT DROP AS
SELECT person.id, person.uid, person.password, department.name AS department, {COLUMNS}
FROM people_person person LEFT JOIN people_department department ON false WITH NO DATA
"""  # noqa: S608
COPY = f"COPY people_staged (id, uid, password, department, {COLUMNS}) FROM STDIN"
INSERT = f"""
INSERT INTO people_person (id, uid, password, is_superuser, is_staff, created_at, updated_at,
    department_id, {COLUMNS})
SELECT staged.id, staged.uid, staged.password, false, false, %s, %s, department.id, {STAGED}
FROM people_staged staged
LEFT JOIN people_department department ON department.name = staged.department
WHERE staged.uid IS NOT NULL
"""  # noqa: S608
UPDATE = f"""
UPDATE people_person SET (updated_at, department_id, {COLUMNS}) = (%s, department.id, {STAGED})
FROM people_staged staged
LEFT JOIN people_department department ON department.name = staged.department
WHERE people_person.id = staged.id AND staged.uid IS NULL
"""  # noqa: S608


def wait_for_other_runs() -> None:
    """One run at a time per company; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def write(drafts: Sequence[Draft], roster: Roster, now: datetime) -> None:
    """Write drafts that have changes; whoever is new gets their key, in managers' places too."""
    if not drafts:
        return
    with connection.cursor() as cursor:
        _add_departments(cursor, drafts, roster)
        _assign_keys(cursor, drafts)
        if passed_on := _passing_keys_on(drafts, roster):
            cursor.execute(RELEASE, [passed_on])
        cursor.execute(STAGE)
        _copy(cursor, drafts)
        cursor.execute(INSERT, [now, now])
        cursor.execute(UPDATE, [now])
        cursor.execute("DROP TABLE people_staged")


def _add_departments(cursor: Any, drafts: Sequence[Draft], roster: Roster) -> None:
    known = {state["department"] for state in roster.people.values()}
    named = {draft.changes["department"] for draft in drafts if draft.changes.get("department")}
    if new := sorted(named - known):
        cursor.execute(NEW_DEPARTMENTS, [[new_uid() for _ in new], new])


def _assign_keys(cursor: Any, drafts: Sequence[Draft]) -> None:
    newcomers = [draft for draft in drafts if draft.is_new]
    cursor.execute(NEW_KEYS, [len(newcomers)])
    keys = {draft.person: key for draft, (key,) in zip(newcomers, cursor.fetchall(), strict=True)}
    for draft in newcomers:
        draft.uid = new_uid()
    for draft in drafts:
        draft.stored_as = keys.get(draft.person, draft.person)
        if (manager := draft.changes.get("manager")) in keys:
            draft.changes["manager"] = keys[manager]


def _passing_keys_on(drafts: Sequence[Draft], roster: Roster) -> list[int]:
    """Who gives up a key that somebody else takes: unique indexes look at each row at once."""
    return sorted(
        {
            holder
            for draft in drafts
            for key in KEYS
            if (taken := draft.changes.get(key)) and (holder := roster.holders[key].get(taken))
        }
    )


def _copy(cursor: Any, drafts: Sequence[Draft]) -> None:
    with cursor.copy(COPY) as copy:
        for draft in drafts:
            state: State = {**draft.before, **draft.changes}
            copy.write_row(
                (
                    draft.stored_as,
                    draft.uid,
                    f"{UNUSABLE_PASSWORD_PREFIX}{token_hex(20)}" if draft.is_new else None,
                    state["department"],
                    *(
                        json.dumps(state[name]) if name == "attributes" else state[name]
                        for name in COPIED
                    ),
                    state["manager"],
                )
            )
