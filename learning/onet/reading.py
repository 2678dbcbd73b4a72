"""The published tables, or the ZIP they come in, as occupations and tasks ready to be stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from learning.onet.archives import tables_in
from learning.onet.files import File, Kind
from learning.onet.refusals import UPLOAD_LIMIT, OnetError, unusable
from learning.onet.releases import release_in, release_typed
from learning.onet.rows import PublishedOccupation, PublishedTask, occupations, tasks
from learning.onet.tables import Table, read_table
from tenants.people.exports.formats import is_archive

Published = TypeVar("Published", PublishedOccupation, PublishedTask)


@dataclass(frozen=True, slots=True)
class Database:
    """What the two tables say; the occupation of each task is among the occupations. `notes` are
    sentences about what was assumed or left out."""

    occupations: Sequence[PublishedOccupation]
    tasks: Sequence[PublishedTask]
    release: str = ""
    notes: Sequence[str] = field(default_factory=list)


def file_at(path: Path) -> File:
    """Reads no more than `UPLOAD_LIMIT`; raises `OnetError`."""
    try:
        with path.open("rb") as opened:
            content = opened.read(UPLOAD_LIMIT + 1)
    except OSError as error:
        raise OnetError(f"{path} cannot be read: {error.strerror}.") from error
    file = File(path.name, content, path.absolute().parent.name)
    if len(content) > UPLOAD_LIMIT:
        raise unusable(file, f"is larger than {UPLOAD_LIMIT // 2**20} MB.")
    return file


def read_database(files: Sequence[File], *, release: str = "") -> Database:
    """Read the two tables in either order, or the ZIP that holds them.

    `release` counts where the files' names do not tell it. Repeated rows, and tasks of occupations
    that are not there, are left out and noted. Raises `OnetError` for all else that is wrong.
    """
    opened = [table for file in files for table in _opened(file)]
    tables = _one_of_each(read_table(file) for file in opened)
    notes = [note for table in tables.values() for note in table.notes]
    table = tables[Kind.OCCUPATIONS]
    found = _first_of_each(table, occupations(table), notes)
    known = {occupation.code for _, occupation in found}
    table = tables[Kind.TASKS]
    listed = _first_of_each(table, tasks(table), notes)
    ours = [task for _, task in listed if task.code in known]
    if strangers := [(line, task.code) for line, task in listed if task.code not in known]:
        notes.append(_strangers(table, strangers))
    if not ours:
        raise OnetError(f"{notes[-1]} The two tables are not of one release.", about=table.file)
    told = release_in(*(name for file in opened for name in (file.name, file.folder)))
    return Database(
        [occupation for _, occupation in found], ours, told or release_typed(release), notes
    )


def _opened(file: File) -> list[File]:
    return tables_in(file) if is_archive(file.content) else [file]


def _one_of_each(tables: Iterable[Table]) -> dict[Kind, Table]:
    found: dict[Kind, Table] = {}
    for table in tables:
        if twin := found.get(table.kind):
            raise unusable(
                table.file,
                f"holds the same kind of table as {twin.file.name} (“{table.kind}”).",
                "Give one of each.",
            )
        found[table.kind] = table
    for kind in Kind:
        if kind not in found:
            raise OnetError(f"The table “{kind}” is missing: add it.", missing=kind)
    return found


def _first_of_each(
    table: Table, found: Iterable[tuple[int, Published]], notes: list[str]
) -> list[tuple[int, Published]]:
    """The rows without those that repeat an earlier one; a note says how many these were."""
    kept: dict[tuple[str, int | str], tuple[int, Published]] = {}
    repeated = []
    for line, row in found:
        key = (row.code, row.number if isinstance(row, PublishedTask) else "")
        if kept.setdefault(key, (line, row))[0] != line:
            repeated.append(line)
    if not kept:
        raise unusable(table.file, "has headings and no rows.")
    if repeated:
        rows = "row that repeats an earlier one was"
        if len(repeated) > 1:
            rows = "rows that repeat an earlier one were"
        notes.append(
            f"{table.file.name}: {len(repeated):,} {rows} left out (the first is line "
            f"{repeated[0]})."
        )
    return list(kept.values())


def _strangers(table: Table, found: Sequence[tuple[int, str]]) -> str:
    line, code = found[0]
    tasks_were = "task was" if len(found) == 1 else "tasks were"
    return (
        f"{table.file.name}: {len(found):,} {tasks_were} left out, as no occupation has the code "
        f"(the first is “{code[:40]}” on line {line})."
    )
