"""What moved in somebody's plan since a moment that was remembered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from learning.models import Assignment, PlanStep
from learning.reports import Line, MyPath
from tenants.people.models import Person

State = PlanStep.State
Place = tuple[str, int]
"""The state of a plan step and its position."""


@dataclass(frozen=True)
class Moves:
    """Steps of one path by what happened to them, each with its receipt of now."""

    aside: list[Line]
    back: list[Line]
    sooner: list[Line]
    later: list[Line]

    def __bool__(self) -> bool:
        return bool(self.aside or self.back or self.sooner or self.later)

    @property
    def told(self) -> str:
        """``2 steps are set aside. 1 step comes sooner.``"""
        aside, back, sooner, later = map(len, (self.aside, self.back, self.sooner, self.later))
        told = [
            (aside, ngettext("%(n)s step is set aside.", "%(n)s steps are set aside.", aside)),
            (back, ngettext("%(n)s step is back.", "%(n)s steps are back.", back)),
            (sooner, ngettext("%(n)s step comes sooner.", "%(n)s steps come sooner.", sooner)),
            (later, ngettext("%(n)s step comes later.", "%(n)s steps come later.", later)),
        ]
        return " ".join(sentence % {"n": n} for n, sentence in told if n)


def places_of(person: Person) -> dict[int, Place]:
    """Plan step id → where it stands now, in the open paths of a person. One query."""
    rows = PlanStep.objects.filter(
        assignment__person=person, assignment__status__in=Assignment.OPEN
    ).values_list("pk", "state", "position")
    return {pk: (state, position) for pk, state, position in rows}


def moves_since(before: Mapping[int, Place], path: MyPath) -> Moves:
    """Compare a path with what `places_of` told then; steps unknown then are no move.

    Only steps that wait both times can come sooner or later, and as few as possible count as
    moved: where one goes to the end, the others do not come sooner.
    """
    aside = [line for line in _known(path.aside, before) if _state(line, before) != State.SET_ASIDE]
    to_do = [line for line in path.lines if line.plan_step.state == State.TO_DO]
    waiting = _known(to_do, before)
    stayed = [line for line in waiting if _state(line, before) == State.TO_DO]
    were = [before[line.plan_step.pk][1] for line in stayed]
    kept = kept_order(were)
    moved = [place for place in range(len(were)) if place not in kept]
    sooner = {m for m in moved if any(k > m and were[k] < were[m] for k in kept)}
    return Moves(
        aside=aside,
        back=[line for line in waiting if _state(line, before) == State.SET_ASIDE],
        sooner=[stayed[place] for place in moved if place in sooner],
        later=[stayed[place] for place in moved if place not in sooner],
    )


def kept_order(were: Sequence[int]) -> set[int]:
    """Indexes of a longest run of rising numbers, gaps allowed: what kept its order."""
    runs: list[list[int]] = []
    for place, was in enumerate(were):
        earlier = max((run for run in runs if were[run[-1]] < was), key=len, default=[])
        runs.append([*earlier, place])
    runs.reverse()  # of several equally long ones, one that ends late
    longest = max(runs, key=len, default=[])
    return set(longest)


def _known(lines: Iterable[Line], before: Mapping[int, Place]) -> list[Line]:
    return [line for line in lines if line.plan_step.pk in before]


def _state(line: Line, before: Mapping[int, Place]) -> str:
    return before[line.plan_step.pk][0]
