"""Whether new hires win something on a gap of their own within two weeks."""

from typing import Final

from django.utils.formats import date_format

from console.pulse.figures import Figure, Shown, Way
from console.pulse.plots import Column, Columns
from console.pulse.tables import cells, table
from learning.reports import first_wins
from learning.reports.first_wins import Cohort, FirstWins

ABOUT: Final = "New hires with a first win by day 14, by month of hire"


def show(report: FirstWins) -> Shown:
    cohorts = _since_the_first_path(report.cohorts)
    if not cohorts:
        return Shown(
            "",
            "It is shown once five people who were hired lately have had two weeks and a path.",
        )
    told = [cohort for cohort in cohorts if not cohort.won.hidden]
    latest, of_all = told[-1], report.won
    columns = Columns(
        f"{ABOUT}; the outline is who was given a path",
        tuple(
            Column(date_format(each.month, "M"), each.won.value, each.on_a_path.value)
            for each in cohorts
        ),
    )
    return Shown(
        value=f"{latest.won.value:.0%}",
        says=f"{latest.won.met} of {latest.won.of} people hired in "
        f"{date_format(latest.month, 'F')} had a first win on a gap of their own; "
        f"{of_all.met} of {of_all.of} in twelve months.",
        plot=columns,
        plots=(columns,),
        tables=(
            table(
                "By month of hire",
                ("Hired in", "First win by day 14", "Hires", "Share", "Given a path by then"),
                [
                    (date_format(each.month, "F Y"), *cells(each.won), cells(each.on_a_path)[0])
                    for each in reversed(report.cohorts)
                ],
            ),
        ),
    )


def _since_the_first_path(cohorts: tuple[Cohort, ...]) -> tuple[Cohort, ...]:
    """Without the months in which nobody told of was given a path yet; none where nobody was."""
    first = next((place for place, each in enumerate(cohorts) if each.on_a_path.met), None)
    return () if first is None else cohorts[first:]


FIRST_WINS: Final = Figure(
    slug="first-wins",
    name="First wins of new hires",
    may=("learning.view_assignment", "learning.view_observation"),
    report=first_wins,
    show=show,
    counted="People hired in a month who within their first fourteen days finished a quick win on "
    "a gap of their own, of all who were hired in it and whose days are over. The outline is how "
    "many of them were given a path in these days: who has none cannot win on it.",
    left_out="Whoever has not started, left within their days, or is paused. Quick wins that "
    "everybody in the role does answer no gap. A pause moves the last day.",
    when_low="Where the outline is low, let a rule give the path on the first day. Where it is "
    "high, look at the path: a quick win for a gap has to be among its first two steps, and small "
    "enough for the first week.",
    way=Way(
        "See rules that give paths",
        "learning_assignmentrule_changelist",
        "learning.view_assignmentrule",
    ),
)
