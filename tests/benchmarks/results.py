"""What was measured, told as a table and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

FIGURES = ("ours", "floor", "ratio")
WORDS = ("what", "target")  # these wrap where the screen is narrow


@dataclass(frozen=True)
class Result:
    """One benchmark: our figure beside that of the least work that could do the job.

    `unit` is that of `ours` and `floor`; `target` says in words what `met` judges.
    """

    name: str
    what: str
    ours: float
    floor: float
    unit: str
    target: str
    met: bool

    @property
    def ratio(self) -> float:
        return self.ours / self.floor


def table(results: Sequence[Result]) -> Table:
    title = "Throughline, measured against floors of the same minute"
    shown = Table(title=title, box=SIMPLE_HEAD)
    for heading in ("name", "what", "ours", "floor", "ratio", "target", "met"):
        shown.add_column(
            heading,
            justify="right" if heading in FIGURES else "left",
            no_wrap=heading not in WORDS,
        )
    for result in results:
        shown.add_row(
            result.name,
            result.what,
            f"{result.ours:,.4g} {result.unit}",
            f"{result.floor:,.4g} {result.unit}",
            f"{result.ratio:.2f}",
            result.target,
            "[green]yes[/green]" if result.met else "[red]no[/red]",
        )
    return shown


def write(results: Sequence[Result], file: Path) -> None:
    """A list of {name, ours, floor, ratio, target, unit, met}."""
    told = [
        {
            "name": result.name,
            "ours": round(result.ours, 4),
            "floor": round(result.floor, 4),
            "ratio": round(result.ratio, 3),
            "target": result.target,
            "unit": result.unit,
            "met": result.met,
        }
        for result in results
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(told, indent=2) + "\n")
