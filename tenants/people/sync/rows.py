"""What one row says about one person, before anybody else is considered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tenants.people.sync.drafts import Draft, problem
from tenants.people.sync.employment import settle
from tenants.people.sync.matching import find_person
from tenants.people.sync.roster import IN_LOWER_CASE, KEYS, Roster, State
from tenants.people.sync.values import CLEANERS, REFERENCE_LIMIT, BadValue, as_uid, text

REFERENCES = (
    "manager_uid",
    "manager_external_id",
    "manager_employee_number",
    "manager_email",
    "manager_user_name",
    "manager_key",
    "manager_name",
)
"""The columns that name a manager; the first that is not blank decides. ``manager_key`` is any
of the keys before it, whichever somebody has."""

FIELDS = frozenset(CLEANERS) - frozenset(KEYS)
KNOWN = frozenset({*CLEANERS, *REFERENCES, "uid", "line"})
SHOWN_UNKNOWN = 5
LASTING = frozenset({"external_id", "rehired_on", "employment_status"})
"""Blank leaves these: the key never changes, and the others follow from what is known."""
CLEARED_BY_UID = ("external_id", "rehired_on")
"""But a row that says whom it means by ``uid`` can take these away."""


def read_row(row: object, position: int, roster: Roster, today: date) -> Draft:
    """Compare a row with the person it means. Costs no query. `position` counts from 1."""
    draft = Draft(position, -position)
    if not isinstance(row, Mapping):
        draft.refuse("", row, "is not a row of named fields")
        return draft
    if isinstance(line := row.get("line"), int):
        draft.line = line
    given: State = {}
    for key in KEYS:
        if key not in row:
            continue
        raw = row[key]
        if isinstance(raw, str) and raw in roster.holders[key]:
            given[key] = raw  # somebody has it: no need to check it again
        else:
            _take(draft, given, key, raw)
    draft.keys = {key: value for key in KEYS if (value := given.get(key))}
    if found := _find(row, draft, roster):
        draft.person, draft.before = found, roster.people[found]
    _take_fields(draft, given, row)
    take_reference(draft, row)
    if "uid" in row:
        given.update({name: None for name in CLEARED_BY_UID if name in row and name not in given})
    if draft.is_new:
        _check_newcomer(draft, given, row)
    given.update(settle(given, draft.before, today))
    before = draft.before
    draft.changes = {name: value for name, value in given.items() if value != before[name]}
    if draft.person in roster.superusers:
        _keep_address(draft)
    return draft


def _keep_address(draft: Draft) -> None:
    """Whoever sends people could else have an owner's password sent to themselves."""
    if draft.before["email"] and "email" in draft.changes:
        told = "is not taken: an owner's address is changed by an owner, on that person's page"
        value = draft.changes.pop("email")
        draft.problems.append(problem(draft.line, "email", value, told, refused=False))


def _find(row: Mapping[str, Any], draft: Draft, roster: Roster) -> int | None:
    if (said := row.get("uid")) is None:
        return find_person(draft.keys, roster)
    found = roster.by_uid.get(uid) if (uid := as_uid(said)) else None
    if found is None:
        draft.refuse("uid", said, "is nobody here")
    return found


def _take_fields(draft: Draft, given: State, row: Mapping[str, Any]) -> None:
    before, is_new = draft.before, draft.is_new
    unknown: list[str] = []
    for column, raw in row.items():
        if column in FIELDS:
            if not is_new and raw == before[column]:
                given[column] = raw
            else:
                _take(draft, given, column, raw)
        elif column not in KNOWN:
            unknown.append(str(column))
    if unknown:
        _refuse_unknown(draft, unknown)


def _refuse_unknown(draft: Draft, columns: Sequence[str]) -> None:
    """One problem, however many: rows of a wrong export have dozens, and each run keeps them."""
    first, *others = columns
    told = "this is no field of a person; leave it out"
    if others:
        named = ", ".join(repr(name[:60]) for name in others[:SHOWN_UNKNOWN])
        more = f" and {len(others) - SHOWN_UNKNOWN} more" if len(others) > SHOWN_UNKNOWN else ""
        told = f"{told}, and so {named}{more}"
    draft.refuse(first, None, told)


def _take(draft: Draft, given: State, column: str, raw: Any) -> None:
    try:
        value = CLEANERS[column](raw)
    except BadValue as reason:
        draft.refuse(column, raw, str(reason))
        return
    if value is not None or column not in LASTING:
        given[column] = value


def take_reference(draft: Draft, row: Mapping[str, Any]) -> None:
    """What the row says about the manager, as `Draft.reference`."""
    for column in REFERENCES:
        if column not in row:
            continue
        try:
            value = text(row[column], REFERENCE_LIMIT)
        except BadValue as reason:
            draft.refuse(column, row[column], str(reason))
            return
        if value:
            lower = column.removeprefix("manager_") in IN_LOWER_CASE
            draft.reference = (column, value.lower() if lower else value)
            return
        draft.reference = ("", "")


def _check_newcomer(draft: Draft, given: State, row: Mapping[str, Any]) -> None:
    if "given_name" not in row:
        draft.refuse("given_name", None, "somebody new needs one")
    if not any(row.get(key) for key in KEYS):
        draft.refuse(
            "", None, "Somebody new needs external_id, employee_number, email or user_name"
        )
