"""Occupations and tasks from the cells of their tables, each value checked."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from learning.models import Occupation
from learning.onet.refusals import (
    OCCUPATION_LIMIT,
    TASK_LIMIT,
    TEXT_LIMIT,
    OnetError,
    unusable,
    wrong,
)
from learning.onet.tables import Table

CODE = re.compile(r"\d{2}-\d{4}\.\d{2}")
TITLE_LIMIT = Occupation._meta.get_field("title").max_length or 0
NUMBER_LIMIT = 2**31 - 1


class PublishedOccupation(NamedTuple):
    code: str
    title: str
    description: str


class PublishedTask(NamedTuple):
    code: str
    number: int
    text: str
    core: bool


def occupations(table: Table) -> Iterator[tuple[int, PublishedOccupation]]:
    """Each with its line. Raises `OnetError` at the first value that cannot be one."""
    for count, (line, (code, title, description)) in enumerate(table.rows, 1):
        if count > OCCUPATION_LIMIT:
            raise _too_many(table, OCCUPATION_LIMIT, "occupations")
        if not CODE.fullmatch(code):
            raise _odd(table, line, "O*NET-SOC Code", f"“{code[:40]}” is no code like 11-1011.00.")
        _check_length(table, line, "Title", title, TITLE_LIMIT)
        _check_length(table, line, "Description", description or "–", TEXT_LIMIT)
        yield line, PublishedOccupation(code, title, description)


def tasks(table: Table) -> Iterator[tuple[int, PublishedTask]]:
    """Each with its line. A task that is not called core is supplemental, "n/a" and "" included."""
    for count, (line, (code, number, text, kind)) in enumerate(table.rows, 1):
        if count > TASK_LIMIT:
            raise _too_many(table, TASK_LIMIT, "tasks")
        if not (number.isascii() and number.isdigit() and int(number[:12]) <= NUMBER_LIMIT):
            raise _odd(table, line, "Task ID", f"“{number[:40]}” is no number of a task.")
        _check_length(table, line, "Task", text, TEXT_LIMIT)
        yield line, PublishedTask(code, int(number), text, kind.casefold() == "core")


def _check_length(table: Table, line: int, column: str, text: str, limit: int) -> None:
    if not text:
        raise _odd(table, line, column, "the cell is empty.")
    if len(text) > limit:
        raise _odd(table, line, column, f"the text has more than {limit:,} characters.")


def _odd(table: Table, line: int, column: str, what: str) -> OnetError:
    return wrong(table.file, line, f"column “{column}”: {what}")


def _too_many(table: Table, limit: int, what: str) -> OnetError:
    return unusable(table.file, f"has more than {limit:,} {what}.")
