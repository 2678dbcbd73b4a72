"""An uploaded table as kept until it is imported: read from the file once, then from here.

Reading 50,000 rows of a workbook again for every page would take seconds.
"""

import json
from collections.abc import Sequence

from tenants.people.exports import ExportError, Table
from tenants.people.sync.packing import pack, texts, unpack

LINE = '{"line": '  # how a line starts, as `pack_table` writes it
FORGOTTEN = "This file has been forgotten: upload it again."


def pack_table(table: Table, assumed: Sequence[str] = ()) -> bytes:
    """The table, and sentences about what was `assumed` when its columns were read."""
    head = {"headings": table.headings, "notes": table.notes, "assumed": assumed}
    return pack([head, *({"line": line, "cells": cells} for line, cells in table.lines)])


def kept_table(packed: bytes | memoryview | None) -> Table:
    """Raises `ExportError` where the file has been forgotten."""
    if packed is None:
        raise ExportError(FORGOTTEN)
    head, *lines = unpack(packed)
    return Table(head["headings"], [(line["line"], line["cells"]) for line in lines], head["notes"])


def head_of(packed: bytes | memoryview | None) -> tuple[list[str], list[str]]:
    """The headings, and what was assumed when the columns were read. Parses nothing else.

    Raises `ExportError` where the file has been forgotten.
    """
    if packed is None:
        raise ExportError(FORGOTTEN)
    (head,) = unpack(packed, 0, 1)
    return head["headings"], head["assumed"]


def kept_lines(packed: bytes | memoryview | None) -> list[tuple[int, str]]:
    """Each line's number with its cells as JSON, for `cells_of` of those that are shown."""
    return [(int(text[len(LINE) : text.index(",")]), text) for text in texts(packed)[1:]]


def cells_of(text: str) -> list[str]:
    cells: list[str] = json.loads(text)["cells"]
    return cells
