"""Which gaps closed, and who saw it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from console.pulse.figures import Figure, Shown, Way
from console.pulse.plots import Bar, Bars
from console.pulse.tables import HIDDEN, Cell, table
from learning.models import Observation
from learning.reports import Split, gaps_closed
from learning.reports.gaps_closed import OPEN, GapsClosed, SkillGaps
from tenants.people.days import day

SEEN_BY: Final[Mapping[str, str]] = {
    Observation.Source.MANAGER.value: "seen by a manager",
    Observation.Source.CHECK_IN.value: "at a check-in",
    Observation.Source.SELF.value: "by themselves",
}
LARGEST: Final = 6  # skills on the home page


def show(report: GapsClosed) -> Shown:
    rows = [row for row in report.rows if row.gaps.parts is not None]
    if not rows:
        return Shown(
            "", "It is shown once five people in a role were seen below what a skill of it needs."
        )
    together = report.together
    every, closed = together.total(), together.total() - together[OPEN]
    largest = sorted(rows, key=lambda row: row.gaps.of or 0, reverse=True)[:LARGEST]
    return Shown(
        value=f"{closed / every:.0%}",
        says=f"{closed} of {every} gaps closed since {day(report.since)}{_how(together)}.",
        plot=Bars("Gaps closed, in the skills with most gaps", tuple(map(_bar, largest))),
        plots=(
            Bars("Gaps closed, by role and skill", tuple(_bar(row, noted=True) for row in rows)),
        ),
        tables=(
            table(
                "By role and skill",
                ("Role", "Skill", *(word.capitalize() for word in SEEN_BY.values()), "Still open"),
                [*((row.role, row.skill, *_cells(row.gaps)) for row in rows), *_hidden(report)],
            ),
        ),
    )


def _how(parts: Mapping[str, int]) -> str:
    """``, 12 seen by a manager, 30 at a check-in``; "" where none closed."""
    told = [f"{parts[source]} {words}" for source, words in SEEN_BY.items() if parts.get(source)]
    return f", {', '.join(told)}" if told else ""


def _bar(row: SkillGaps, *, noted: bool = False) -> Bar:
    parts = row.gaps.parts or {}
    closed = tuple(parts[source] for source in SEEN_BY)
    return Bar(
        label=f"{row.skill} · {row.role}" if noted else row.skill,
        parts=closed if noted else (sum(closed),),
        of=row.gaps.of or 0,
        value=f"{sum(closed)} of {row.gaps.of}",
        note=_how(parts).removeprefix(", ") or "none closed yet" if noted else "",
    )


def _cells(gaps: Split) -> tuple[Cell, ...]:
    parts = gaps.parts or {}
    return tuple(parts[name] for name in (*SEEN_BY, OPEN))


def _hidden(report: GapsClosed) -> Iterator[tuple[Cell, ...]]:
    """A row for the skills of each role that nothing is told of."""
    hidden = Counter(row.role for row in report.rows if row.gaps.hidden)
    for role, number in hidden.items():
        skills = "1 skill" if number == 1 else f"{number} skills"
        yield role, skills, *(HIDDEN for _ in (*SEEN_BY, OPEN))


GAPS: Final = Figure(
    slug="gaps-closed",
    name="Gaps closed",
    may=("learning.view_observation",),
    report=gaps_closed,
    show=show,
    counted="Of everybody in a role who twelve weeks ago was below the level a skill of it needs: "
    "how many are at that level or above it now, and in whose eyes. Where nothing had been seen "
    "by then, what was seen first since counts as the start.",
    left_out="Whoever was never seen in a skill, has left, or had what was said of them taken "
    "back. Finding out that somebody can do it already closes no gap.",
    when_low="Where many are open in one skill, look at the steps that raise it, and whether "
    "managers are asked about it: a gap that nobody looks at again stays open.",
    way=Way(
        "See the skills, and the steps that raise them",
        "learning_skill_changelist",
        "learning.view_skill",
    ),
)
