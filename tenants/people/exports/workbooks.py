"""From a workbook to lines of cells: XLSX."""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from tenants.people.exports.archives import DAMAGED, weigh
from tenants.people.exports.headings import recognised
from tenants.people.exports.refusals import (
    CELL_LIMIT,
    COLUMN_LIMIT,
    ROW_LIMIT,
    ExportError,
    too_long_a_cell,
    too_many_columns,
)

Line = tuple[int, list[str]]
HEAD = 20  # lines of a sheet in which its headings show
LAST_ROW = 1_048_576  # of Excel; a row number beyond it would be walked to
KEPT = ROW_LIMIT + HEAD + 1
BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl raises on parts that contradict each other or the standard."""

WRITTEN_OUT = 10**20  # whole numbers below are shown digit by digit
ZEROS = re.compile(r"0{2,}")


def lines(content: bytes) -> tuple[list[Line], list[str]]:
    """The rows of the sheet with the best headings that are not blank, by row number, and notes.

    Cells are text as a person sees them: dates are ISO, "00042" keeps its zeros. Reads one row
    too many where there are too many, and no column after the first one too many.
    """
    uncalculated = weigh(content)
    try:
        with warnings.catch_warnings():  # of extensions that mean nothing here
            warnings.simplefilter("ignore")
            found, notes = _best_sheet(content)
    except ExportError:
        raise
    except BROKEN as error:
        raise ExportError(DAMAGED) from error
    if not found:
        raise ExportError(
            "This workbook has no rows that can be read: save it as 'Excel Workbook (.xlsx)' or "
            "'CSV UTF-8' and try again."
        )
    if uncalculated:
        notes.append(
            "The workbook has formulas that were never calculated; their cells were read as "
            "blank. Open it in Excel and save it to fill them."
        )
    return found, notes


def _best_sheet(content: bytes) -> tuple[list[Line], list[str]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheets = sheets or list(book.worksheets)
    heads = [list(islice(_rows(sheet), HEAD)) for sheet in sheets]
    if not any(heads):
        return [], []
    scores = [(max(map(_score, head), default=0), bool(head)) for head in heads]
    best = scores.index(max(scores))
    notes = []
    if sum(map(bool, heads)) > 1:
        others = ", ".join(
            f"'{sheet.title}'"
            for sheet, head in zip(sheets, heads, strict=True)
            if head and sheet is not sheets[best]
        )
        notes.append(f"Of several sheets, '{sheets[best].title}' was read, and not {others}.")
    return list(islice(_rows(sheets[best]), KEPT)), notes


def _score(line: Line) -> int:
    return recognised(line[1])


def _rows(sheet: Any) -> Iterator[Line]:
    """The rows that are not blank. What a sheet says of its own size is ignored."""
    sheet.reset_dimensions()
    gap: object = None
    rows = sheet.iter_rows(max_row=LAST_ROW, max_col=COLUMN_LIMIT + 1)
    for number, row in enumerate(rows, 1):
        if row is gap:  # openpyxl fills gaps with one and the same row: a million cost 0.1 s
            continue
        cells = ["" if cell is EMPTY_CELL else _text(cell) for cell in row]
        if not any(cells):
            gap = row
            continue
        if cells[COLUMN_LIMIT]:
            too_many_columns(number)
        while not cells[-1]:
            cells.pop()
        for column, cell in enumerate(cells, 1):
            if len(cell) > CELL_LIMIT:
                too_long_a_cell(number, column)
        yield number, cells


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join((unescape(value) if "_x" in value else value).split())
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    return str(value)


def _number(value: float, form: str) -> str:
    """2041.0 as "2041"; with the 15 digits Excel keeps, and the zeros a format puts before it."""
    if value != value // 1 or abs(value) >= WRITTEN_OUT:
        return f"{value:.15g}"
    whole = str(int(value))
    return whole.zfill(len(form)) if ZEROS.fullmatch(form) else whole
