"""What can be downloaded, as files that a spreadsheet cannot be tricked with."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would calculate a cell for that starts with it."""
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows as a CSV attachment that Excel reads as UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    return _attachment(name, text.getvalue().encode("utf-8-sig"), "text/csv")


def workbook_file(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows as an Excel workbook of one sheet, the first of them its headings."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_harmless(cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return _attachment(name, content.getvalue(), WORKBOOK)


def _attachment(name: str, content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header
    return response


def _harmless(cell: object) -> object:
    """Text that starts a formula gets a quote before it; control characters go."""
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{text}" if text.startswith(FORMULA) else text
