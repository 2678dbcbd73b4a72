"""Workbooks as bytes, the same with a part of them changed, and what their cells read as."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = ["Email", "First Name"]
PERSON = ["ada@acme.example", "Ada"]


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def one_sheet(*rows: Sequence[Any], title: str = "People") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def workbook(*rows: Sequence[Any]) -> bytes:
    book, _ = one_sheet(*rows)
    return saved(book)


def rezipped(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return changed.getvalue()


def as_read(cell: str) -> str:
    """A cell with blanks collapsed, and without the apostrophe that our downloads guard with."""
    tidy = " ".join(cell.split())
    return tidy[1:] if tidy.startswith(("'=", "'+", "'-", "'@")) else tidy
