"""What a run would make of each person, before it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tenants.people.sync.results import Outcome, Problem
from tenants.people.sync.roster import NEWCOMER, State, name_of


@dataclass(slots=True)
class Draft:
    """What a row, or the run without one (`line` is None), would make of a person.

    `person` is their key, negative for somebody new; `keys` are those the row gives. `reference`
    is the (column, value) that names the manager: ("", "") for nobody, None for not said.
    Writing sets `uid` of somebody new and `stored_as`, their key in the table.
    """

    line: int | None
    person: int
    before: Mapping[str, Any] = field(default_factory=lambda: NEWCOMER)
    changes: State = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    reference: tuple[str, str] | None = None
    problems: list[Problem] = field(default_factory=list)
    refused: bool = False
    deactivates: bool = False
    stored_as: int = 0
    uid: UUID | None = None

    def refuse(self, column: str, value: Any, message: str) -> None:
        self.problems.append(problem(self.line, column, value, message, refused=True))
        self.refused = True

    @property
    def is_new(self) -> bool:
        return self.person < 0

    @property
    def writes(self) -> bool:
        return bool(self.changes) and not self.refused

    @property
    def name(self) -> str:
        """As it will be stored; of somebody refused, as it is."""
        if self.changes and (self.is_new or not self.refused):
            return name_of({**self.before, **self.changes})
        return name_of(self.before)

    @property
    def outcome(self) -> Outcome:
        if self.refused:
            return Outcome.ERROR
        if self.deactivates:
            return Outcome.DEACTIVATED
        if self.is_new:
            return Outcome.CREATED
        return Outcome.UPDATED if self.changes else Outcome.UNCHANGED


def problem(line: int | None, column: str, value: Any, message: str, *, refused: bool) -> Problem:
    """A problem told as "column: 'value' message." with the value cut to a readable length."""
    column = storable(column[:100])
    shown = "" if value is None else storable(str(value)[:200])
    told = f"{shown[:60]!r} {message}" if shown else message
    return Problem(line, column, shown, f"{column}: {told}." if column else f"{told}.", refused)


def storable(text: str) -> str:
    """What was sent, with what PostgreSQL cannot hold written as an escape."""
    return text.encode(errors="backslashreplace").decode().replace("\0", "\\x00")
