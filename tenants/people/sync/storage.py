"""Writing what a run decided, in the same number of statements for ten people or ten thousand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from tenants.companies.identifiers import new_uid
from tenants.people.sync.drafts import Draft
from tenants.people.sync.roster import FIELDS, KEYS, Roster
from tenants.people.sync.staging import staged

AS_THEY_ARE = [name for name in FIELDS if name not in ("department", "manager")]
COLUMNS = ", ".join(AS_THEY_ARE)
OF_NEWCOMER = ", ".join(f"newcomer.{name}" for name in AS_THEY_ARE)
OF_STAGED = ", ".join(f"staged.{name}" for name in AS_THEY_ARE)

LOCK = "SELECT pg_advisory_xact_lock(hashtext(current_schema()))"
LOCK_SHARED = "SELECT pg_advisory_xact_lock_shared(hashtext(current_schema()))"
NEW_DEPARTMENTS = """
INSERT INTO people_department (uid, name) SELECT * FROM unnest(%s::uuid[], %s::text[])
ON CONFLICT (name) DO NOTHING
"""
RELEASE = """
UPDATE people_person SET external_id = NULL, employee_number = NULL, email = NULL,
    user_name = NULL
WHERE id = ANY(%s)
"""
# The list of columns is ours, never input. Keys are given first: newcomers manage newcomers.
INSERT = f"""
WITH newcomer AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('people_person', 'id')) AS id, staged.* FROM {{staged}}
)
INSERT INTO people_person (id, uid, password, is_superuser, is_staff, created_at, updated_at,
    department_id, manager_id, {COLUMNS})
SELECT newcomer.id, newcomer.uid, newcomer.password, false, false, %s, %s,
    department.id, coalesce(newcomer.manager, above.id), {OF_NEWCOMER}
FROM newcomer
LEFT JOIN newcomer above ON above.uid = newcomer.new_manager
LEFT JOIN people_department department ON department.name = newcomer.department
RETURNING uid, id
"""  # noqa: S608
UPDATE = f"""
UPDATE people_person
SET (updated_at, department_id, manager_id, {COLUMNS})
    = (%s, department.id, staged.manager, {OF_STAGED})
FROM {{staged}} LEFT JOIN people_department department ON department.name = staged.department
WHERE people_person.id = staged.person
"""  # noqa: S608


def wait_for_other_runs(*, but_newcomers: bool = False) -> None:
    """One run at a time per company; the lock ends with the transaction.

    `but_newcomers`: beside others that say the same, as `bring_newcomer` does. Whoever has this
    lock must not wait for the whole one too: two that did would wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK_SHARED if but_newcomers else LOCK)


def write(drafts: Sequence[Draft], roster: Roster, now: datetime) -> None:
    """Write drafts that have changes; whoever is new gets their key, in managers' places too.

    Only statements that have something to do are sent: one for one person who is new.
    """
    newcomers = [draft for draft in drafts if draft.is_new]
    others = [draft for draft in drafts if not draft.is_new]
    with connection.cursor() as cursor:
        _add_departments(cursor, drafts, roster)
        if passed_on := _passing_keys_on(drafts, roster):
            cursor.execute(RELEASE, [passed_on])
        if newcomers:
            _insert(cursor, newcomers, drafts, now)
        if others:
            with staged(cursor, others) as (source, rows):
                cursor.execute(UPDATE.format(staged=source), [now, *rows])


def _add_departments(cursor: Any, drafts: Sequence[Draft], roster: Roster) -> None:
    named = {draft.changes["department"] for draft in drafts if draft.changes.get("department")}
    if new := sorted(named - roster.departments):
        cursor.execute(NEW_DEPARTMENTS, [[new_uid() for _ in new], new])


def _insert(
    cursor: Any, newcomers: Sequence[Draft], drafts: Sequence[Draft], now: datetime
) -> None:
    """Write newcomers, and put their keys where drafts name them, as managers too."""
    uids = {draft.person: new_uid() for draft in newcomers}
    with staged(cursor, newcomers, uids) as (source, rows):
        # the rows come before the times: the statement reads them first
        cursor.execute(INSERT.format(staged=source), [*rows, now, now])
        keys = dict(cursor.fetchall())
    for draft in newcomers:
        draft.uid = uids[draft.person]
        draft.stored_as = keys[draft.uid]
    for draft in drafts:
        if (manager := draft.changes.get("manager")) in uids:
            draft.changes["manager"] = keys[uids[manager]]


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
