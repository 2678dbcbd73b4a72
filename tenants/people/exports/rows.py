"""A table as rows for `sync_people`, once it is known which column is which field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tenants.people.exports.calendars import read_calendars
from tenants.people.exports.columns import assign
from tenants.people.exports.headings import FIELDS, claims
from tenants.people.exports.names import Row, read_names
from tenants.people.exports.refusals import ExportError
from tenants.people.exports.statuses import ANSWERS, read_status
from tenants.people.exports.tables import Table, read_table
from tenants.people.exports.vocabulary import MANAGER_ID

IDENTIFYING = ("external_id", "employee_number", "email", "user_name")
NAMING = ("given_name", "full_name")
STATUSES = ("employment_status", "account_status")
ACTIVE = re.compile(r"a[ck]ti", re.I)
SURPLUS = "cells beyond the last heading"


@dataclass(frozen=True, slots=True)
class Export:
    """Rows with their `line`; the headings of columns that were not read, hence not stored; and
    sentences about what was assumed."""

    rows: list[Row]
    ignored_columns: list[str]
    notes: list[str] = field(default_factory=list)


def read_export(source: Path | str | bytes) -> Export:
    """Read an HRIS's CSV or XLSX file, given by path or content, as its headings say.

    Raises `ExportError` with one sentence where the file as a whole cannot be used, also where
    two columns say the same: nobody is there to choose one.
    """
    table = read_table(source)
    assignment = assign(table, {})
    for name, kept, other in assignment.clashes:
        _refuse_twins(table, name, kept, other)
    return read_rows(table, assignment.fields)


def read_rows(table: Table, fields: Sequence[str]) -> Export:
    """Read each column as the field named for it, "" for not at all; one per heading.

    Raises `ExportError` where two columns are the same field or nothing tells people apart; without
    names it can be only about people who are here. A cell that cannot be understood stays as it is:
    `sync_people` refuses that row and names the value.
    """
    columns = _columns(table, fields)
    headings = {name: table.headings[position] for name, position in columns.items()}
    width = len(table.headings)
    rows = [_row(line, cells, columns, width) for line, cells in table.lines]
    notes = [
        *table.notes,
        *read_calendars(rows, headings),
        *read_names(rows, headings),
        *_unread_manager(table, fields),
        *_no_names(columns),
    ]
    _read_statuses(rows, headings)
    ignored = [
        heading
        for heading, name in zip(table.headings, fields, strict=True)
        if heading and not name
    ]
    return Export(rows, ignored, notes)


def _columns(table: Table, fields: Sequence[str]) -> dict[str, int]:
    if len(fields) != len(table.headings):
        raise ExportError(
            f"The file has {len(table.headings)} columns and {len(fields)} were chosen: upload it "
            "again."
        )
    columns: dict[str, int] = {}
    for position, name in enumerate(fields):
        if name in columns:
            _refuse_twins(table, name, columns[name], position)
        if name and name not in FIELDS:
            raise ExportError(f"'{name}' is no field of a person: choose another one.")
        if name:
            columns[name] = position
    seen = ", ".join(f"'{heading}'" for heading in table.headings[:40] if heading) or "none"
    if not any(name in columns for name in IDENTIFYING):
        raise ExportError(
            "No column tells people apart: add 'Employee #', 'External ID' or 'Work Email' "
            f"(the columns are {seen})."
        )
    return columns


def _refuse_twins(table: Table, name: str, kept: int, other: int) -> None:
    raise ExportError(
        f"Columns '{table.headings[kept]}' and '{table.headings[other]}' say the same "
        f"({FIELDS[name].lower()}): keep one of them."
    )


def _row(line: int, cells: Sequence[str], columns: dict[str, int], width: int) -> Row:
    """A line that is too short lacks its last fields; one that is too long is refused later."""
    row: Row = {
        name: cells[position] for name, position in columns.items() if position < len(cells)
    }
    if surplus := [cell for cell in cells[width:] if cell]:
        row[SURPLUS] = surplus[0]
    return {"line": line, **row}


def _unread_manager(table: Table, fields: Sequence[str]) -> list[str]:
    if {"manager_email", "manager_employee_number", "manager_external_id"} & set(fields):
        return []
    return [
        f"'{heading}' was not read: it does not say which id it holds, and its values are no ids "
        "of people in this file."
        for heading, name in zip(table.headings, fields, strict=True)
        if not name and (0, MANAGER_ID) in claims(heading)
    ]


def _no_names(columns: Mapping[str, int]) -> list[str]:
    if any(name in columns for name in NAMING):
        return []
    return ["No column holds names: people who are here are updated, and nobody new can come."]


def _read_statuses(rows: list[Row], headings: Mapping[str, str]) -> None:
    """Both columns as one status. Only a column headed "Active" answers with yes or no."""
    if not {"employment_status", "account_status"} & headings.keys():
        return
    answers = ANSWERS if ACTIVE.search(headings.get("account_status", "")) else {}
    for row in rows:
        employment, account = (str(row.pop(name, "")) for name in STATUSES)
        account = answers.get(account.casefold(), account)
        row["employment_status"] = read_status(employment, account)
