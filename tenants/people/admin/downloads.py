"""What can be downloaded of a run, as CSV that a spreadsheet cannot be tricked with."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tenants.people.admin.outcomes import position_of
from tenants.people.admin.wording import label_of, message_of
from tenants.people.exports import Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would calculate a cell for that starts with it."""

Told = Mapping[str, Any]


def csv_file(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows as a CSV attachment that Excel reads as UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv")
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header
    return response


def refused_rows(
    table: Table, fields: Sequence[str], outcomes: Iterable[Told]
) -> Iterable[list[object]]:
    """The refused lines as they were, with what was wrong: to be put right and uploaded again."""
    told = {told["line"]: told["problems"] for told in outcomes if told["outcome"] == "error"}
    width = len(table.headings)
    yield ["Line", *table.headings, "Wrong column", "What is wrong"]
    for line, cells in table.lines:
        if line not in told:
            continue
        refused = [problem for problem in told[line] if problem["refused"]]
        positions = [position_of(problem["field"], fields) for problem in refused]
        wrong = [table.headings[position] for position in positions if position is not None]
        padded = [*cells[:width], *[""] * (width - len(cells))]
        yield [line, *padded, "; ".join(wrong), " ".join(map(message_of, refused))]


def problems_of(outcomes: Iterable[Told]) -> Iterable[list[object]]:
    yield ["Line", "Name", "Outcome", "Field", "Value", "What is wrong"]
    for told in outcomes:
        for problem in told["problems"]:
            kind = "refused" if problem["refused"] else "warning"
            about = (label_of(problem["field"]), problem["value"], message_of(problem))
            yield [told["line"] or "", told["name"], kind, *about]


def named_after(name: str, what: str) -> str:
    return f"{PurePath(name).stem or 'people'}-{what}.csv"


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
