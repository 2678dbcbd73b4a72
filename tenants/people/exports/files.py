"""A CSV export as rows for `sync_people`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tenants.people.exports.dates import read_dates
from tenants.people.exports.headings import FIELD_OF, plain, recognise
from tenants.people.exports.names import Row, first_last, swap, swapped_evidence
from tenants.people.exports.statuses import read_status
from tenants.people.exports.text import ExportError, decode, read_bytes, records

DATES = ("hired_on", "rehired_on", "ended_on")
SURPLUS = "cells beyond the last heading"


@dataclass(frozen=True, slots=True)
class Export:
    """Rows with their `line`; the headings of columns that were not read, hence not stored; and
    sentences about what was assumed."""

    rows: list[Row]
    ignored_columns: list[str]
    notes: list[str] = field(default_factory=list)


def read_export(source: Path | str | bytes) -> Export:
    """Read an HRIS's CSV file, given by path or content, as BambooHR and others write it.

    Raises `ExportError` with one sentence where the file as a whole cannot be used. A cell that
    cannot be understood stays as it is: `sync_people` refuses that row and names the value.
    """
    lines = records(decode(read_bytes(source)))
    _, headings = next(lines, (0, []))
    if not headings:
        raise ExportError("This file is empty: export it again with a line of headings.")
    columns = recognise(headings)
    rows = [_row(line, cells, columns, len(headings)) for line, cells in lines]
    if not rows:
        raise ExportError("This file has headings and no people: export it again.")
    notes = [*_read_dates(rows, columns, headings), *_order_names(rows, columns, headings)]
    _read_statuses(rows, columns)
    ignored = [heading for heading in headings if heading and plain(heading) not in FIELD_OF]
    return Export(rows, ignored, notes)


def _row(line: int, cells: Sequence[str], columns: dict[str, int], width: int) -> Row:
    """A line that is too short lacks its last fields; one that is too long is refused later."""
    row: Row = {
        name: cells[position] for name, position in columns.items() if position < len(cells)
    }
    if surplus := [cell for cell in cells[width:] if cell]:
        row[SURPLUS] = surplus[0]
    return {"line": line, **row}


def _read_dates(rows: list[Row], columns: dict[str, int], headings: Sequence[str]) -> list[str]:
    notes = []
    for name in DATES:
        if name not in columns:
            continue
        read, unsure = read_dates(str(row.get(name, "")) for row in rows)
        for row in rows:
            if name in row:
                row[name] = read[str(row[name])]
        if unsure:
            notes.append(
                f"'{headings[columns[name]]}' could be month/day/year or day/month/year, as every "
                "day is 12 or less: it was read as month/day/year."
            )
    return notes


def _order_names(rows: list[Row], columns: dict[str, int], headings: Sequence[str]) -> list[str]:
    for row in rows:
        if "manager_name" in row:
            row["manager_name"] = first_last(str(row["manager_name"]))
    if "family_name" not in columns:
        return []
    as_they_stand, swapped = swapped_evidence(rows)
    if swapped <= as_they_stand:
        return []
    swap(rows)
    given, family = headings[columns["given_name"]], headings[columns["family_name"]]
    return [
        f"'{given}' and '{family}' were swapped: the names of {swapped} managers match people only "
        f"that way round, and of {as_they_stand} as the columns are headed."
    ]


def _read_statuses(rows: list[Row], columns: dict[str, int]) -> None:
    if "employment_status" in columns or "account_status" in columns:
        for row in rows:
            words = [str(row.pop(name, "")) for name in ("employment_status", "account_status")]
            row["employment_status"] = read_status(*words)
