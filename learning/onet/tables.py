"""A published table as cells, recognised by its headings: names of files can be swapped."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from learning.onet.encodings import decode
from learning.onet.files import File, Kind
from learning.onet.refusals import OnetError, unusable, wrong
from tenants.people.exports import COLUMN_LIMIT, plain

Row = tuple[int, list[str]]
COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    Kind.OCCUPATIONS: ("O*NET-SOC Code", "Title", "Description"),
    Kind.TASKS: ("O*NET-SOC Code", "Task ID", "Task", "Task Type"),
}
"""What is read of each table; other columns are not looked at."""

TELLING = {Kind.OCCUPATIONS: ("Title", "Description"), Kind.TASKS: ("Task ID", "Task", "Task Type")}


@dataclass(frozen=True, slots=True)
class Table:
    """Which table it is, its rows as (line, cells in the order of `COLUMNS`), what was assumed."""

    kind: Kind
    file: File
    rows: Iterator[Row]
    notes: list[str]


def read_table(file: File) -> Table:
    """Recognise a table and check its headings; raises `OnetError`. Rows are read on demand."""
    text, notes = decode(file)
    lines = _lines(text)
    line, cells = next(lines, (0, []))
    if not line:
        raise unusable(file, "is empty.")
    headings = [plain(cell) for cell in cells]
    kind = _kind(file, headings)
    columns = [heading for heading in COLUMNS[kind] if plain(heading) in headings]
    missing = [heading for heading in COLUMNS[kind] if heading not in columns]
    if missing:
        raise _missing(file, line, missing)
    places = [headings.index(plain(heading)) for heading in columns]
    return Table(kind, file, _cells(file, lines, places, len(headings)), notes)


def _kind(file: File, headings: Sequence[str]) -> Kind:
    """The kind most of whose columns are there; where none is, what the file was said to be.

    The Excel version repeats the occupation's title in the table of tasks, so tasks come first.
    """
    scores = {
        kind: sum(plain(heading) in headings for heading in TELLING[kind])
        for kind in (Kind.TASKS, Kind.OCCUPATIONS)
    }
    if any(scores.values()):
        return max(scores, key=lambda kind: scores[kind])
    by_name = Kind.TASKS if "task" in file.name.casefold() else Kind.OCCUPATIONS
    return file.kind or by_name


def _missing(file: File, line: int, headings: Sequence[str]) -> OnetError:
    quoted = [f"“{heading}”" for heading in headings]
    if len(quoted) == 1:
        return wrong(file, line, f"the column {quoted[0]} is missing.")
    listed = f"{', '.join(quoted[:-1])} and {quoted[-1]}"
    return wrong(file, line, f"the columns {listed} are missing.")


def _lines(text: str) -> Iterator[Row]:
    """Each line that is not blank, by its number. A quote is a character like any other."""
    for line, row in enumerate(io.StringIO(text, newline=None), 1):
        if row.strip():
            yield line, [_tidy(cell) for cell in row.split("\t", COLUMN_LIMIT)]


def _tidy(cell: str) -> str:
    """Without needless blanks, and without the quotes that Excel puts around a cell."""
    tidy = " ".join(cell.split())
    if len(tidy) > 1 and tidy[0] == tidy[-1] == '"':
        inner = tidy[1:-1]
        if '"' not in inner.replace('""', ""):
            return inner.replace('""', '"').strip()
    return tidy


def _cells(file: File, lines: Iterator[Row], places: Sequence[int], width: int) -> Iterator[Row]:
    for line, cells in lines:
        if any(cells[width:]):
            raise wrong(file, line, f"it has {len(cells)} cells, and there are {width} columns.")
        padded = cells + [""] * (width - len(cells))
        yield line, [padded[place] for place in places]
