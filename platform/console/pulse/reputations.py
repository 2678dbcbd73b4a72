"""How new hires speak of their onboarding."""

from typing import Final

from django.utils.formats import date_format

from console.pulse.figures import Figure, Shown, Way
from console.pulse.plots import Bar, Bars, Column, Columns, Plot
from console.pulse.tables import HIDDEN, Cell, Table, cells, table
from learning.reports import Split
from reinforcement.models import Reputation
from reinforcement.reports import reputation
from reinforcement.reports.reputation import FAVOURABLE, OnDay

Answer = Reputation.Answer


def show(report: tuple[OnDay, ...]) -> Shown:
    told = [each for each in report if each.said.favourable is not None]
    if not told:
        return Shown("", "It is shown once five new hires answered on their day 14.")
    first, *later = told
    plots = _plots(told)
    more = "".join(f"; on day {each.day}, {_helped(each)}" for each in later)
    return Shown(
        value=f"{first.said.favourable:.0%}",
        says=f"{_helped(first)} who answered on day {first.day} say that it helped with their "
        f"work, or more{more}.",
        plot=plots[0],
        plots=plots,
        tables=tuple(map(_table, report)),
    )


def _helped(each: OnDay) -> str:
    parts = each.said.answers.parts or {}
    return f"{sum(parts[answer.name] for answer in FAVOURABLE)} of {each.said.answers.of}"


def _plots(told: list[OnDay]) -> tuple[Plot, ...]:
    """The months first where several are told of, else what was said by all of them."""
    months, answers = [_by_month(each) for each in told], [_by_answer(each) for each in told]
    several = [each for each in months if sum(c.value is not None for c in each.columns) > 1]
    return (*several, *answers)


def _by_month(each: OnDay) -> Columns:
    shares = [(cohort.month, cohort.said.favourable) for cohort in each.cohorts]
    first = next((place for place, (_, share) in enumerate(shares) if share is not None), 0)
    return Columns(
        f"It helped, or more, on day {each.day}, by month of hire",
        tuple(Column(date_format(month, "M"), share) for month, share in shares[first:]),
    )


def _by_answer(each: OnDay) -> Bars:
    parts, of = each.said.answers.parts or {}, each.said.answers.of or 0
    return Bars(
        f"What they said on day {each.day}",
        tuple(
            Bar(
                label=str(answer.label),
                parts=(parts[answer.name],),
                of=of,
                value=f"{parts[answer.name]} of {of}",
            )
            for answer in reversed(Answer)
        ),
    )


def _table(each: OnDay) -> Table:
    return table(
        f"On day {each.day}, by month of hire",
        ("Hired in", "Answered", "Asked", "Share", *(str(answer.label) for answer in Answer)),
        [
            (
                date_format(cohort.month, "F Y"),
                *cells(cohort.said.response),
                *_answers(cohort.said.answers),
            )
            for cohort in reversed(each.cohorts)
        ],
    )


def _answers(answers: Split) -> tuple[Cell, ...]:
    parts = answers.parts
    return tuple(HIDDEN if parts is None else parts[answer.name] for answer in Answer)


REPUTATION: Final = Figure(
    slug="reputation",
    name="What new hires say of their start",
    may=("learning.view_assignment", "learning.view_observation"),
    report=reputation,
    show=show,
    counted="New hires are asked once on day 14 and once on day 30 what their onboarding did for "
    "their work. Of those who answered, how many chose one of the two better answers of four.",
    left_out="Whoever was not asked, as they were on no path or had left. Nobody sees who "
    "answered what.",
    when_low="Read it beside the first wins of the same month. Talk with the managers of these "
    "hires: what did the first two weeks keep people from?",
    way=Way(
        "See who is on which path", "learning_assignment_changelist", "learning.view_assignment"
    ),
)
