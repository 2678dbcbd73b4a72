"""What is pushed: rows as JSON, NDJSON or CSV, and what is to be done with them."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from rest_framework import serializers
from rest_framework.request import Request

from api.bodies import MIB, as_text, media_type_of, read_body
from api.problems import BodyTooLarge, InvalidBody, InvalidQuery
from api.queries import nearest, read_query
from api.strict_json import MAX_ERRORS, MAX_VALUES, PLAIN, Flaw, check_members, flaws, parse
from tenants.people.models import SyncRun
from tenants.people.sync.rows import KNOWN

MAX_ROWS: Final = 50_000
MAX_BYTES: Final = 32 * MIB
MAX_FIELDS: Final = 40
"""Of one row: more than there are, so that a misspelt one is told as such."""
JSON: Final = "application/json"
NDJSON: Final = ("application/x-ndjson", "application/ndjson", "application/jsonl")
CSV: Final = "text/csv"
FIELDS: Final = sorted(KNOWN - {"line"})
OTHERWISE: Final[dict[str, Any]] = {"mode": "partial", "dry_run": False, "confirm": False}
MEMBERS: Final = dict.fromkeys(("rows", "mode", "dry_run", "confirm"), "")

Row = dict[str, Any]
Errors = Iterator[tuple[str, str] | tuple[str, str, int]]


class PushQuery(serializers.Serializer[dict[str, Any]]):
    """Beside rows as NDJSON or CSV; in JSON these are members of the body.

    Without defaults: generated clients send those along with everything.
    """

    mode = serializers.ChoiceField(
        choices=SyncRun.Mode.choices,
        required=False,
        help_text=(
            "With NDJSON and CSV. `complete`: whoever is on no row has left. Left out: `partial`."
        ),
    )
    dry_run = serializers.BooleanField(
        required=False, help_text="With NDJSON and CSV. Tell what would happen, and write nothing."
    )
    confirm = serializers.BooleanField(
        required=False,
        help_text="With NDJSON and CSV. `complete` may end more than 10 % of employments.",
    )


@dataclass(frozen=True)
class Push:
    """Rows of named raw values, and how to take them."""

    rows: list[Row]
    mode: SyncRun.Mode
    dry_run: bool
    confirm: bool


def read_push(request: Request) -> Push:
    """The push in a request; raises 400, 411, 413 or 415 where its form is wrong.

    Values are not looked at: a bad one refuses its row later. Takes memory in proportion to
    `MAX_BYTES` and `MAX_VALUES`, whatever is sent.
    """
    kind = media_type_of(request, (JSON, *NDJSON, CSV))
    options: dict[str, Any] = {}
    if kind != JSON:
        options = OTHERWISE | read_query(request, PushQuery)
    elif request.query_params:
        told = "With JSON this is a member of the body, beside `rows`; nothing was written."
        raise InvalidQuery(dict.fromkeys(request.query_params, told))
    text = as_text(read_body(request, MAX_BYTES))
    if kind == JSON:
        rows, options = _json(text)
    else:
        rows = _csv(text) if kind == CSV else _ndjson(text)
    push = Push(rows, SyncRun.Mode(options["mode"]), options["dry_run"], options["confirm"])
    if push.mode == SyncRun.Mode.COMPLETE and not rows:
        pointer = "#/rows" if kind == JSON else "#"
        raise InvalidBody((pointer, "Rows that are everybody cannot be none."))
    return push


def _json(text: str) -> tuple[list[Row], dict[str, Any]]:
    given = parse(text)
    if isinstance(given, Flaw):
        raise InvalidBody(*flaws(given, "#"))
    if not isinstance(given, dict):
        raise InvalidBody(("#", "Send a JSON object with `rows`."))
    check_members(given, MEMBERS)
    options = OTHERWISE | given
    errors = []
    if options["mode"] not in list(SyncRun.Mode):
        errors.append(("#/mode", "Use partial or complete."))
    errors += [
        (f"#/{name}", "Use true or false.")
        for name in ("dry_run", "confirm")
        if not isinstance(options[name], bool)
    ]
    rows = options.pop("rows", None)
    if not isinstance(rows, list):
        errors.append(("#/rows", "Send a list of rows."))
    if errors:
        raise InvalidBody(*errors)
    _check_count(len(rows))
    _raise(error for n, row in enumerate(rows) for error in _faults(row, f"#/rows/{n}"))
    return rows, options


def _ndjson(text: str) -> list[Row]:
    _check_count(text.count("\n") + (not text.endswith("\n")))
    _check_values(text)
    rows: list[Row] = []
    lines: list[int] = []
    for line, written in enumerate(text.split("\n"), 1):
        if written and not written.isspace():
            rows.append(parse(written, pointer=f"#/{len(rows)}", line=line))
            lines.append(line)
    _raise(
        (*error, line)
        for n, (row, line) in enumerate(zip(rows, lines, strict=True))
        for error in _faults(row, f"#/{n}")
    )
    for row, line in zip(rows, lines, strict=True):
        row["line"] = line
    return rows


def _csv(text: str) -> list[Row]:
    _check_values(text)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        headings = next(reader, [])
        _check_headings(headings)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not cells:
                continue
            _check_count(len(rows) + 1)
            pointer = f"#/{len(rows)}"
            if len(cells) != len(headings):
                told = f"This row has {len(cells)} cells, and there are {len(headings)} headings."
                raise InvalidBody((pointer, told, line))
            row: Row = dict(zip(headings, cells, strict=True))
            if not row.get("uid"):
                row.pop("uid", None)  # a column of uids is blank for whoever is new
            if row.get("attributes"):
                row["attributes"] = _attributes(row["attributes"], pointer, line)
            row["line"] = line
            rows.append(row)
    except csv.Error as error:
        told = f"This is not CSV: {error}."
        raise InvalidBody((f"#/{len(rows)}", told, reader.line_num)) from error
    return rows


def _check_headings(headings: list[str]) -> None:
    if not any(headings):
        raise InvalidBody(("#", "The first line has to name the fields.", 1))
    if len(headings) == 1 and (";" in headings[0] or "\t" in headings[0]):
        raise InvalidBody(("#", "Separate the fields by commas.", 1))
    seen: set[str] = set()
    errors: list[tuple[str, str, int]] = []
    for position, heading in enumerate(headings[: 10 * MAX_ERRORS], 1):
        if heading not in FIELDS:
            told = f"Heading {position}, {heading[:60]!r}, is no field. {nearest(heading, FIELDS)}"
            errors.append((f"#/{heading[:60]}", told, 1))
        elif heading in seen:
            errors.append((f"#/{heading}", f"Heading {position} is there already.", 1))
        seen.add(heading)
    if errors:
        raise InvalidBody(*errors[:MAX_ERRORS])


def _attributes(cell: str, pointer: str, line: int) -> Any:
    """The one field that is more than a text: JSON in its cell."""
    pointer = f"{pointer}/attributes"
    value = parse(cell, pointer=pointer, line=line)
    _raise((*error, line) for error in flaws(value, pointer))
    return value


def _faults(row: object, pointer: str) -> Iterator[tuple[str, str]]:
    """What makes this no row of named values, at the cost of a glance where nothing does."""
    if type(row) is not dict:
        if isinstance(row, Flaw):
            yield from flaws(row, pointer)
        else:
            yield pointer, "A row is an object of named fields."
        return
    if len(row) > MAX_FIELDS:
        yield pointer, f"A row has at most {MAX_FIELDS} fields, not {len(row)}."
    if "line" in row:
        yield f"{pointer}/line", "Lines are counted here: leave it out."
    if not PLAIN.issuperset(map(type, row.values())):
        yield from flaws(row, pointer)


def _raise(errors: Errors) -> None:
    if told := list(islice(errors, MAX_ERRORS)):
        raise InvalidBody(*told)


def _check_count(rows: int) -> None:
    if rows > MAX_ROWS:
        raise BodyTooLarge(f"There are more than {MAX_ROWS} rows, which is the limit.")


def _check_values(text: str) -> None:
    if text.count(",") > MAX_VALUES:
        raise BodyTooLarge(f"The body has more than {MAX_VALUES} values, which is the limit.")
