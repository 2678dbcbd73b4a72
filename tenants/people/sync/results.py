"""What a run of `sync_people` did, or would do, row by row."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from tenants.people.models import SyncRun


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DEACTIVATED = "deactivated"
    ERROR = "error"


class SyncRefused(ValueError):  # a decision, told in one sentence with the numbers
    """The run as a whole was refused and wrote nothing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one row. `refused`: it kept the row out; otherwise it is a warning.

    `message` is a sentence that names the field and the value; `line` is the source's.
    """

    line: int | None
    field: str
    value: str
    message: str
    refused: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "field": self.field,
            "value": self.value,
            "message": self.message,
            "refused": self.refused,
        }


@dataclass(slots=True)
class RowResult:
    """What became of one row, or of a person no row named (`line` is None).

    `changes` maps each field to (before, after), department and manager by name. `uid` is None
    where nobody was or would yet be stored.
    """

    line: int | None
    outcome: Outcome
    name: str
    changes: dict[str, tuple[Any, Any]]
    problems: list[Problem]
    uid: UUID | None = field(default=None, compare=False)

    def as_json(self) -> dict[str, Any]:
        """As the API and a run's own page tell it; values may still be dates and uids."""
        return {
            "line": self.line,
            "outcome": self.outcome.value,
            "uid": self.uid,
            "name": self.name,
            "changes": {
                name: {"from": before, "to": after}
                for name, (before, after) in self.changes.items()
            },
            "problems": [problem.as_json() for problem in self.problems],
        }


@dataclass(slots=True)
class SyncResult:
    """Equal for a dry run and the real run that follows it. `run` is None for a dry run."""

    rows: list[RowResult]
    dry_run: bool = field(default=False, compare=False)
    run: SyncRun | None = field(default=None, compare=False)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows had each outcome; every outcome is a key."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome: counted[outcome] for outcome in Outcome}

    @property
    def problems(self) -> list[Problem]:
        """Refusals and warnings, in the order of the rows."""
        return [problem for row in self.rows for problem in row.problems]
