"""Signs that paths are clicked through rather than worked on."""

from typing import Final

from console.pulse.figures import Figure, Shown, Way
from console.pulse.plots import Bar, Bars
from console.pulse.tables import cells, table
from learning.reports import Share, gaming
from learning.reports.gaming import Signals

Sign = tuple[str, Signals, Share]
"""Of which kind, of which path, and how often it is seen."""
KINDS: Final = {
    "fast_runs": "three steps or more in ten minutes",
    "no_gap_first": "began with a step on no gap",
    "left_waiting": "a step others would see left for three weeks",
}
WORTH_ASKING: Final = 0.1  # of the assignments of a path
MOST: Final = 4  # bars on the home page


def show(report: tuple[Signals, ...]) -> Shown:
    told = [
        (kind, each, share)
        for each in report
        for kind in KINDS
        if not (share := _share(each, kind)).hidden and share.of
    ]
    if not told:
        return Shown("", "It is shown once five people have worked on one path.")
    seen = sorted((each for each in told if each[2].met), key=_weight, reverse=True)
    paths = len({signals.path for _, signals, _ in told})
    loud = len({each[1].path for each in seen if _weight(each) >= WORTH_ASKING})
    return Shown(
        value=str(loud),
        says=f"of {paths} paths {'is' if loud == 1 else 'are'} worth asking about: a sign is seen "
        f"in {WORTH_ASKING:.0%} of the assignments or more.",
        plot=_bars("Signs seen most", seen[:MOST]) if seen else None,
        plots=(_bars("Signs by path", told),),
        tables=tuple(
            table(
                words.capitalize(),
                ("Path", "Role", "Assignments with the sign", "Assignments", "Share"),
                [(each.path, each.role, *cells(_share(each, kind))) for each in report],
            )
            for kind, words in KINDS.items()
        ),
    )


def _weight(sign: Sign) -> float:
    return sign[2].value or 0


def _bars(about: str, signs: list[Sign]) -> Bars:
    return Bars(about, tuple(_bar(*sign) for sign in signs), alike=True)


def _share(signals: Signals, kind: str) -> Share:
    share: Share = getattr(signals, kind)
    return share


def _bar(kind: str, signals: Signals, share: Share) -> Bar:
    return Bar(
        label=signals.path,
        parts=(share.met or 0,),
        of=share.of or 0,
        value=f"{share.met} of {share.of}",
        note=KINDS[kind],
    )


SIGNALS: Final = Figure(
    slug="signals",
    name="Signs of clicking through",
    may=("learning.view_assignment", "learning.view_observation"),
    report=gaming,
    show=show,
    counted="For each path, of its assignments: those with three steps or more marked done within "
    "ten minutes; those whose first step was on no gap while one on a gap stood before it; and "
    "those in which a step that others would see still waits three weeks after a later one was "
    "done. The last twelve weeks.",
    left_out="What was withdrawn. Who it is is never told: it is a reason to ask, not a verdict.",
    when_low="Here low is good. Where a path is seen often, its steps are too easy to tick, or the "
    "one that waits is too large: take it apart, or ask in the team why it waits.",
    way=Way("See the paths", "learning_path_changelist", "learning.view_path"),
)
