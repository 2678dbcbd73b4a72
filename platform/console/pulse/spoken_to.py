"""Whether L&D speaks with managers."""

from typing import Final

from console.pulse.figures import Figure, Shown, Way
from console.pulse.plots import Bar, Bars
from console.pulse.tables import cells, table
from learning.reports import Share
from reinforcement.reports import managers_not_spoken_to
from reinforcement.reports.managers import NOT_SPOKEN_TO_AFTER

DAYS: Final = NOT_SPOKEN_TO_AFTER.days


def show(report: Share) -> Shown:
    if report.met is None or report.of is None:
        return Shown("", "It is shown once there are five managers.")
    spoken = report.of - report.met
    bar = Bar("Spoken to", (spoken,), report.of, f"{spoken} of {report.of}")
    bars = Bars(f"Managers L&D has spoken to in {DAYS} days", (bar,))
    return Shown(
        value=str(report.met),
        says=f"of {report.of} managers have not spoken with you in {DAYS} days.",
        plot=bars,
        plots=(bars,),
        tables=(
            table(
                "Today",
                ("", f"Not spoken to in {DAYS} days", "Managers", "Share"),
                [("Everybody", *cells(report))],
            ),
        ),
    )


SPOKEN_TO: Final = Figure(
    slug="not-spoken-to",
    name="Managers you have not spoken to",
    may=("reinforcement.view_touchpoint",),
    report=managers_not_spoken_to,
    show=show,
    counted=f"Managers at work without a touchpoint in {DAYS} days, or ever, of all managers who "
    "lead somebody at work.",
    left_out="Managers on leave. What you learned in a talk is not read for this.",
    when_low="Here low is good. Where it is high, pick five names from the top of the list this "
    "week; ten minutes are enough to ask what slows their team down.",
    way=Way(
        "See whom",
        "reinforcement_managers",
        "reinforcement.view_barrier",
        (("show", "overdue"),),
    ),
)
