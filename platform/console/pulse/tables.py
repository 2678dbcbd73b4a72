"""The figures of a plot as a table, which is what can be downloaded as well."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from learning.reports import Share

HIDDEN: Final = "hidden"
"""What stands in place of a figure about fewer than five people."""

Cell = str | int


@dataclass(frozen=True)
class Table:
    """`headings` of all columns; the first cell of a row names it."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def hides(self) -> bool:
        return any(HIDDEN in row for row in self.rows)

    @property
    def lines(self) -> list[tuple[Cell, ...]]:
        """As they are written to a file."""
        return [self.headings, *self.rows]


def table(name: str, headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Table:
    return Table(name, tuple(headings), tuple(tuple(row) for row in rows))


def cells(share: Share) -> tuple[Cell, Cell, Cell]:
    """How many, of how many, and what share that is in percent."""
    if share.met is None or share.of is None:
        return HIDDEN, HIDDEN, HIDDEN
    return share.met, share.of, f"{share.value:.0%}" if share.value is not None else ""
