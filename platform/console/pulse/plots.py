"""What a plot holds. How each is drawn: `console.templatetags.plots`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """A share, from 0 to 1, on a day; None where it is hidden or there is none."""

    label: str
    value: float | None


@dataclass(frozen=True)
class Trend:
    """A share over time, the oldest first; `about` says what it is a share of."""

    about: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Column:
    """A share of a cohort; `behind` is a larger share that it is part of, drawn as an outline."""

    label: str
    value: float | None
    behind: float | None = None


@dataclass(frozen=True)
class Columns:
    """A share by cohort, the oldest first."""

    about: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Bar:
    """So many of `of`, in `parts` from the one that is drawn strongest; `value` is said beside it.

    `note` is said below it, where there is room.
    """

    label: str
    parts: tuple[int, ...]
    of: int
    value: str
    note: str = ""


@dataclass(frozen=True)
class Bars:
    """Numbers of several things, on one scale, or each on its own as a share (`alike`)."""

    about: str
    bars: tuple[Bar, ...]
    alike: bool = False


Plot = Trend | Columns | Bars
