"""The plots of the pulse, drawn as SVG: a family with one ink, direct labels and no legend.

Each says in words what it shows, and what it shows is there as a table as well. Units of a drawing
are pixels at its natural width.
"""

from dataclasses import dataclass
from typing import Final

from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from console.pulse.plots import Bar, Bars, Column, Columns, Plot, Point, Trend

register = Library()

NARROW: Final = 360
WIDE: Final = 720
LETTER: Final = 6.3  # how wide a letter of a label is, on average
HIDDEN: Final = "hidden"


@dataclass(frozen=True)
class Box:
    """Where values lie: `left` to `right`, and from `bottom` (0) up to `top` (1)."""

    left: float
    top: float
    right: float
    bottom: float

    def y(self, value: float) -> float:
        return round(self.bottom - value * (self.bottom - self.top), 1)

    def x(self, place: int, of: int) -> float:
        """The `place`-th of so many, from edge to edge."""
        return round(self.left + (self.right - self.left) * (place / (of - 1) if of > 1 else 1), 1)


@register.filter
def percent(value: float | None) -> str:
    """``41%``; "hidden" where nothing is told."""
    return HIDDEN if value is None else f"{value:.0%}"


@register.simple_tag
def plot(plot: Plot, wide: bool = False) -> SafeString:
    """Draw it, for a card or for a page of its own."""
    width = WIDE if wide else NARROW
    match plot:
        case Trend():
            template, drawing = "trend", trend(plot, width)
        case Columns():
            template, drawing = "columns", columns(plot, width)
        case Bars():
            template, drawing = "bars", bars(plot, width)
    return render_to_string(f"console/pulse/plots/{template}.html", drawing)


def trend(drawn: Trend, width: int) -> dict[str, object]:
    height = 150 if width == NARROW else 230
    box = Box(38, 12, width - 46, height - 24)
    knots = [
        (box.x(place, len(drawn.points)), each.value) for place, each in enumerate(drawn.points)
    ]
    first, last = drawn.points[0], drawn.points[-1]
    return {
        "width": width,
        "height": height,
        "box": box,
        "rules": [(box.y(share), f"{share:.0%}") for share in (0, 0.5, 1)],
        "line": _line(knots, box),
        "knots": [(x, box.y(value)) for x, value in knots[:-1] if value is not None],
        "now": _now(knots[-1], box),
        "gaps": [x for x, value in knots if value is None],
        "labels": [(box.left, "start", first.label), (box.right, "end", last.label)],
        "says": f"{drawn.about}: {_listed(drawn.points)}",
    }


def _line(knots: list[tuple[float, float | None]], box: Box) -> str:
    """The commands of an SVG path that stops where a value is not told."""
    commands, drawing = [], False
    for x, value in knots:
        if value is not None:
            commands.append(f"{'L' if drawing else 'M'}{x} {box.y(value)}")
        drawing = value is not None
    return " ".join(commands)


def _now(knot: tuple[float, float | None], box: Box) -> tuple[float, float, str] | None:
    x, value = knot
    return None if value is None else (x, box.y(value), percent(value))


def columns(drawn: Columns, width: int) -> dict[str, object]:
    height = 150 if width == NARROW else 230
    box = Box(0, 20, width, height - 22)
    slot = width / max(len(drawn.columns), 1)
    thick = min(slot * 0.62, 44)
    return {
        "width": width,
        "height": height,
        "box": box,
        "bars": [
            _column(each, middle=slot * (place + 0.5), thick=thick, box=box)
            for place, each in enumerate(drawn.columns)
        ],
        "says": f"{drawn.about}: {_listed(drawn.columns)}",
    }


def _column(column: Column, *, middle: float, thick: float, box: Box) -> dict[str, object]:
    top = box.y(column.value or 0)
    behind = box.y(column.behind) if column.behind is not None else None
    return {
        "middle": round(middle, 1),
        "left": round(middle - thick / 2, 1),
        "thick": round(thick, 1),
        "label": column.label,
        "hidden": column.value is None,
        "says": "\N{EN DASH}" if column.value is None else percent(column.value),
        "top": top,
        "tall": round(box.bottom - top, 1),
        "behind": behind,
        "behind_tall": None if behind is None else round(box.bottom - behind, 1),
        "said_at": round(min(top, behind if behind is not None else top) - 5, 1),
    }


def bars(drawn: Bars, width: int) -> dict[str, object]:
    noted = any(bar.note for bar in drawn.bars)
    row = 58 if noted else 42
    most = max((bar.of for bar in drawn.bars), default=0) or 1
    return {
        "width": width,
        "height": row * len(drawn.bars) or 1,
        "rows": [
            _bar(bar, y=place * row, width=width, most=bar.of or 1 if drawn.alike else most)
            for place, bar in enumerate(drawn.bars)
        ],
        "says": f"{drawn.about}: "
        + "; ".join(f"{bar.label}, {bar.value}" for bar in drawn.bars)
        + ".",
    }


def _bar(bar: Bar, *, y: int, width: int, most: int) -> dict[str, object]:
    parts, x = [], 0.0
    for number, size in enumerate(bar.parts, 1):
        long = width * size / most
        if size:
            parts.append((number, round(x, 1), round(max(long - 1.5, 1.5), 1)))
        x += long
    room = int(width / LETTER) - len(bar.value) - 2
    return {
        "bar": bar,
        "label": bar.label if len(bar.label) <= room else f"{bar.label[: room - 1].rstrip()}…",
        "text_y": y + 14,
        "bar_y": y + 21,
        "note_y": y + 48,
        "parts": parts,
        "all": round(max(width * bar.of / most, 1.5), 1),
    }


def _listed(told: tuple[Point, ...] | tuple[Column, ...]) -> str:
    return ", ".join(f"{each.label} {percent(each.value)}" for each in told) + "."
