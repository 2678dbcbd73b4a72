"""A file as text cells, before any meaning."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tenants.people.exports import text, workbooks
from tenants.people.exports.formats import is_archive, refuse_what_is_no_table
from tenants.people.exports.headings import recognised
from tenants.people.exports.refusals import (
    ROW_LIMIT,
    TEXT_LIMIT,
    ExportError,
    too_many_rows,
    too_much_text,
)

Line = tuple[int, list[str]]
HEADINGS_WITHIN = 20  # lines; reports start with a title, a date, filters
ENOUGH = 2  # recognised cells make a line of headings
GUARDED = re.compile(r"'(?=[=+\-@])")
"""What our own downloads put before a cell that a spreadsheet would calculate."""
TOTAL = re.compile(r"(?:grand )?totals?\b|(?:record |row )?count\b|summe\b|gesamt|anzahl\b", re.I)


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, lines with their number as a person counts it, and what was assumed."""

    headings: list[str]
    lines: list[Line]
    notes: list[str] = field(default_factory=list)


def read_table(source: Path | str | bytes) -> Table:
    """Read CSV or XLSX, recognised by content, given by path or content.

    Raises `ExportError`. Holds at most the file and `ROW_LIMIT` lines of text; a workbook that
    unpacks to more than `UNPACKED_LIMIT` is refused unread.
    """
    content = text.read_bytes(source)
    refuse_what_is_no_table(content)
    if is_archive(content):
        lines, notes = workbooks.lines(content)
        return _table(lines, notes)
    decoded, notes = text.decode(content)
    return _table(text.lines(decoded), notes)


def _table(lines: Iterable[Line], notes: list[str]) -> Table:
    found = list(islice(_tidy(lines), ROW_LIMIT + HEADINGS_WITHIN + 1))
    if not found:
        raise ExportError("This file is empty: export it again with a line of headings.")
    start = _start(found)
    (line, headings), rest = found[start], found[start + 1 :]
    if len(rest) > ROW_LIMIT:
        too_many_rows()
    if not rest:
        raise ExportError("This file has headings and no people: export it again.")
    notes = list(notes)
    if start:
        notes.append(f"The headings are on line {line}; what stands above them was not read.")
    if len(rest) > 1 and _is_total(rest[-1][1], len(headings)):
        last, cells = rest.pop()
        notes.append(f"Line {last} is a total and was not read ('{next(filter(None, cells))}').")
    return Table(headings, rest, notes)


def _tidy(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines as they are meant; a workbook can repeat one long text in every cell."""
    room = TEXT_LIMIT
    for line, cells in lines:
        room -= sum(map(len, cells))
        if room < 0:
            too_much_text()
        yield line, [GUARDED.sub("", cell, 1) if cell[:1] == "'" else cell for cell in cells]


def _start(lines: list[Line]) -> int:
    head = enumerate(lines[:HEADINGS_WITHIN])
    return next((position for position, (_, cells) in head if recognised(cells) >= ENOUGH), 0)


def _is_total(cells: list[str], width: int) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) <= ENOUGH < width and bool(TOTAL.match(filled[0]))
