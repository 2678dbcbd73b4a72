"""Whether managers talk with their people about learning."""

from typing import Final

from console.pulse.figures import Figure, Shown, Way
from console.pulse.plots import Bar, Bars, Plot, Point, Trend
from console.pulse.tables import Table, cells, table
from reinforcement.reports import cadence
from reinforcement.reports.cadence import Cadence, Team
from tenants.people.days import day

ABOUT: Final = "Managers who talk with every report"
NO_DEPARTMENT: Final = "No department"
HEADINGS: Final = ("Talk with every report", "Managers", "Share")


def show(report: Cadence) -> Shown:
    today = report.today.talking
    points = [Point(day(week.day), week.talking.managers.value) for week in report.weeks]
    points.append(Point("today", today.managers.value))
    if all(point.value is None for point in points):
        return Shown("", "It is shown once five managers have somebody on a path.")
    says = f"Fewer than five managers have somebody on a path today. {ABOUT} are hidden."
    if today.managers.value is not None:
        says = (
            f"{today.managers.met} of {today.managers.of} managers talked with every report who "
            f"is on a path, as did {today.pairs.met} of {today.pairs.of} pairs of a manager and "
            "a report."
        )
    trend = Trend(ABOUT, tuple(points))
    return Shown(
        value="" if today.managers.value is None else f"{today.managers.value:.0%}",
        says=says,
        plot=trend,
        plots=(trend, *_teams(report.today.teams)),
        tables=_tables(report),
    )


def _teams(teams: tuple[Team, ...]) -> tuple[Plot, ...]:
    told = [team for team in teams if team.talking.managers.met is not None]
    bars = [
        Bar(
            label=team.name or NO_DEPARTMENT,
            parts=(team.talking.managers.met or 0,),
            of=team.talking.managers.of or 0,
            value=f"{team.talking.managers.met} of {team.talking.managers.of}",
        )
        for team in told
    ]
    return (Bars(f"{ABOUT}, by department", tuple(bars), alike=True),) if bars else ()


def _tables(report: Cadence) -> tuple[Table, ...]:
    days = [("today", report.today), *((day(week.day), week) for week in reversed(report.weeks))]
    return (
        table(
            "By week",
            ("Week until", *HEADINGS, "Pairs who talk", "Pairs", "Share of pairs"),
            [
                (name, *cells(each.talking.managers), *cells(each.talking.pairs))
                for name, each in days
            ],
        ),
        table(
            "By department, today",
            ("Department", *HEADINGS),
            [
                (team.name or NO_DEPARTMENT, *cells(team.talking.managers))
                for team in report.today.teams
            ],
        ),
    )


TALKING: Final = Figure(
    slug="talking",
    name="Managers who talk with their people",
    may=("reinforcement.view_touchpoint",),
    report=cadence,
    show=show,
    counted="Managers who in the last 14 days said “We talked” about every report of theirs who is "
    "on a path, of all managers with such a report. The weeks before are counted the same way, as "
    "of their Sundays; who leads whom is taken as it is today.",
    left_out="Whoever is paused, on leave or gone, on either side. An answer to a question in a "
    "brief is no conversation.",
    when_low="Ask the managers you have not spoken to for longest what keeps them from it. Often "
    "the brief comes on the wrong day: see when briefs are sent, and to whom they could not be.",
    way=Way(
        "See managers, the longest silent first",
        "reinforcement_managers",
        "reinforcement.view_barrier",
    ),
)
