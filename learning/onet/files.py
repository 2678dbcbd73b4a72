from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The two tables that are read, by the names they are published under."""

    OCCUPATIONS = "Occupation Data.txt"
    TASKS = "Task Statements.txt"


@dataclass(frozen=True, slots=True, eq=False)
class File:
    """A file as it was given. `folder` is where it lay: both names may tell the release. `kind` is
    what somebody said it is, for where its headings say nothing."""

    name: str
    content: bytes
    folder: str = ""
    kind: Kind | None = None
