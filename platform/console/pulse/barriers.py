"""What slows teams down, and for how long it has."""

from typing import Final

from console.pulse.figures import Figure, Shown, Way
from console.pulse.plots import Bar, Bars
from console.pulse.tables import table
from reinforcement.models import Barrier
from reinforcement.reports import barrier_ages
from reinforcement.reports.barrier_ages import AGES, GONE_SINCE, Stage

NAMES: Final = (
    f"under {AGES[0]} days",
    f"{AGES[0]} to {AGES[1] - 1} days",
    f"{AGES[1]} to {AGES[2] - 1} days",
    f"{AGES[2]} days or more",
)


def show(report: tuple[Stage, ...]) -> Shown:
    open_now = [stage for stage in report if stage.status in Barrier.OPEN]
    if not any(stage.count for stage in report):
        return Shown("", "No barrier is noted. Ask a manager what slows their team down.")
    count, oldest = sum(s.count for s in open_now), max(s.oldest for s in open_now)
    gone = sum(stage.count for stage in report) - count
    bars = Bars("Barriers by status and age; darker is older", tuple(map(_bar, report)))
    lived = f", the oldest for {oldest} {'day' if oldest == 1 else 'days'}" if count else ""
    return Shown(
        value=str(count),
        says=f"{'barrier slows' if count == 1 else 'barriers slow'} teams down{lived}. "
        f"{gone} went away in the last {GONE_SINCE.days} days.",
        plot=bars,
        plots=(bars,),
        tables=(
            table(
                "By status and age",
                ("Status", *(name.capitalize() for name in NAMES), "Together", "Oldest, days"),
                [
                    (_name(stage), *stage.ages, stage.count, stage.oldest if stage.count else "")
                    for stage in report
                ],
            ),
        ),
    )


def _name(stage: Stage) -> str:
    return str(stage.status.label).capitalize()


def _bar(stage: Stage) -> Bar:
    oldest_first = tuple(reversed(stage.ages))
    told = [
        f"{count} for {name}"
        for count, name in zip(oldest_first, reversed(NAMES), strict=True)
        if count
    ]
    return Bar(
        label=_name(stage),
        parts=oldest_first,
        of=stage.count,
        value=str(stage.count),
        note=" · ".join(told) or "none",
    )


BARRIERS: Final = Figure(
    slug="barriers",
    name="Barriers",
    may=("reinforcement.view_barrier",),
    report=barrier_ages,
    show=show,
    counted="Barriers by where they stand, and by how long the team has lived with each: the days "
    "since it was heard, and for one that is gone, until it was.",
    left_out="Those gone for more than 90 days. These are figures about barriers, not about "
    "people, so none is hidden.",
    when_low="Old ones that are only heard want a decision: design something for them, or tell "
    "the manager why not. None at all means that nobody was asked.",
    way=Way("See barriers", "reinforcement_barrier_changelist", "reinforcement.view_barrier"),
)
