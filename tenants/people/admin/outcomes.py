"""What became of each row, or would, as a page shows it: cell by cell."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from tenants.people.admin.wording import COLOURS, ONE_DID, ONE_WILL, label_of, message_of, shown
from tenants.people.kept_tables import cells_of, kept_lines
from tenants.people.models import Person
from tenants.people.sync.packing import texts
from tenants.people.sync.results import Outcome

A_PAGE = 50  # rows
WARNED = "warned"
HEAD = re.compile(r'\{"line": (\d+|null), "outcome": "(\w+)", ')
NO_PROBLEM = '"problems": []}'
ALIASES = {
    "given_name": ("full_name",),
    "family_name": ("full_name",),
    "employment_status": ("account_status",),
}
"""Fields that may come from a column read as something else."""

Told = Mapping[str, Any]
"""A row's outcome, as `RowResult.as_json` has it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value under its heading; where it changes, also the one before."""

    label: str
    value: str
    before: str | None = None
    wrong: Sequence[str] = ()
    warned: Sequence[str] = ()


@dataclass(slots=True)
class Row:
    """One row of the page. `wrong` and `warned` are about no cell in particular."""

    line: int | None
    name: str
    outcome: str
    words: str
    colour: str
    cells: list[Cell] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    uid: str | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as JSON, parsed only where it is shown: what was told of it, and its cells in the
    file where that is still there."""

    line: int | None
    outcome: str
    is_warned: bool = False
    told: str = ""
    cells: str = ""

    def parsed(self) -> Told:
        if self.told:
            told: Told = json.loads(self.told)
            return told
        return {"uid": None, "name": "", "changes": {}, "problems": []}


def entries(
    outcomes: bytes | memoryview | None, file: bytes | memoryview | None = None
) -> list[Entry]:
    """Everything there is to list: the rows of the file in their order, then people in none.

    50,000 rows cost 0.2 seconds.
    """
    told = [_entry(text) for text in texts(outcomes)]
    if file is None:
        return told
    by_line = {entry.line: entry for entry in told}
    found = []
    for line, cells in kept_lines(file):
        entry = by_line.get(line) or Entry(line, Outcome.UNCHANGED)
        found.append(Entry(line, entry.outcome, entry.is_warned, entry.told, cells))
    return found + [entry for entry in told if entry.line is None]


def _entry(text: str) -> Entry:
    head = HEAD.match(text)
    assert head, "outcomes start with line and outcome"  # noqa: S101  # RowResult writes them
    line = None if head[1] == "null" else int(head[1])
    is_warned = head[2] != Outcome.ERROR and not text.endswith(NO_PROBLEM)
    return Entry(line, head[2], is_warned, text)


def page_of(request: HttpRequest, found: Sequence[Entry], wanted: str) -> "Page[Entry]":
    """The page asked for, of the entries with the outcome asked for."""
    if wanted == WARNED:
        found = [entry for entry in found if entry.is_warned]
    elif wanted:
        found = [entry for entry in found if entry.outcome == wanted]
    return Paginator(found, A_PAGE).get_page(request.GET.get("page"))


def rows_of(
    page: Iterable[Entry], *, will: bool, headings: Sequence[str] = (), fields: Sequence[str] = ()
) -> list[Row]:
    """The rows as they are shown. One query, for whom they link to."""
    rows = [_row(entry, headings, fields, will=will) for entry in page]
    uids = [row.uid for row in rows if row.uid]
    people = Person.objects.filter(uid__in=uids).values_list("uid", "pk")
    keys = {str(uid): pk for uid, pk in people} if uids else {}
    for row in rows:
        row.person = keys.get(row.uid or "")
    return rows


def _row(entry: Entry, headings: Sequence[str], fields: Sequence[str], *, will: bool) -> Row:
    told, outcome = entry.parsed(), Outcome(entry.outcome)
    values = cells_of(entry.cells) if entry.cells else []
    name = told["name"] or _name(values, fields)
    words = (ONE_WILL if will else ONE_DID)[outcome]
    row = Row(entry.line, name, outcome, words, COLOURS.get(outcome, ""), uid=told["uid"])
    row.cells = [
        Cell(label_of(field), shown(field, change["to"]), shown(field, change["from"]))
        for field, change in told["changes"].items()
    ]
    problems: dict[int, list[Told]] = {}
    for problem in told["problems"]:
        position = position_of(problem["field"], fields) if values else None
        if position is not None:
            problems.setdefault(position, []).append(problem)
        elif problem["field"]:
            row.cells.append(_cell(label_of(problem["field"]), problem["value"], [problem]))
        else:
            (row.wrong if problem["refused"] else row.warned).append(problem["message"])
    whole = outcome in (Outcome.CREATED, Outcome.ERROR)
    for position, heading in enumerate(headings):
        value = values[position] if position < len(values) else ""
        if position in problems or (whole and value and fields[position]):
            row.cells.append(_cell(heading, value, problems.get(position, ())))
    return row


def _cell(label: str, value: str, problems: Sequence[Told]) -> Cell:
    wrong = [message_of(problem) for problem in problems if problem["refused"]]
    warned = [message_of(problem) for problem in problems if not problem["refused"]]
    return Cell(label, value, None, wrong, warned)


def position_of(field: str, fields: Sequence[str]) -> int | None:
    """The column a problem is about: the field's own, or the one it was made from."""
    for name in (field, *ALIASES.get(field, ())):
        if name and name in fields:
            return list(fields).index(name)
    return None


def _name(cells: Sequence[str], fields: Sequence[str]) -> str:
    by_field = dict(zip(fields, cells, strict=False))
    named = f"{by_field.get('given_name', '')} {by_field.get('family_name', '')}".strip()
    keys = ("full_name", "email", "employee_number", "external_id", "user_name")
    return named or next((value for key in keys if (value := by_field.get(key))), "")
