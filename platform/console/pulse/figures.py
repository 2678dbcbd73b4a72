"""What a figure of the pulse is: how it is counted, how it is shown, and where one acts on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.urls import reverse
from django.utils.http import urlencode

from console.pulse.plots import Plot
from console.pulse.tables import Table


class Reader(Protocol):
    """Whoever looks at it."""

    def has_perm(self, perm: str, /) -> bool: ...

    def has_perms(self, perms: tuple[str, ...], /) -> bool: ...


@dataclass(frozen=True)
class Way:
    """Where one acts: a page of the admin site by name, and what it is narrowed to."""

    words: str
    page: str
    may: str
    query: tuple[tuple[str, str], ...] = ()

    @property
    def link(self) -> str:
        address = reverse(f"admin:{self.page}")
        return f"{address}?{urlencode(self.query)}" if self.query else address


@dataclass(frozen=True)
class Shown:
    """A figure as it stands: `value` is said large, and is "" where there is none to tell yet.

    One plot is for the home page, the others for the figure's own; the tables hold the same.
    """

    value: str
    says: str
    plot: Plot | None = None
    plots: tuple[Plot, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def hides(self) -> bool:
        return any(table.hides for table in self.tables)


@dataclass(frozen=True)
class Figure:
    """`report` is asked with ``now`` and kept for a while; `show` makes of it what one sees."""

    slug: str
    name: str
    may: tuple[str, ...]
    report: Callable[..., Any]
    show: Callable[[Any], Shown]
    counted: str
    left_out: str
    when_low: str
    way: Way

    def is_for(self, reader: Reader) -> bool:
        return reader.has_perms(self.may)
