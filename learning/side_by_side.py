"""The plans of several people beside each other, step by step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from learning.models import Step
from learning.plans import Verdict
from learning.receipts import worded

SOON: Final = 2
"""Steps within which a plan is to have a quick win."""


@dataclass(frozen=True, slots=True)
class Row:
    """A step in somebody's plan, or set aside from it, and why."""

    step: Step
    why: str
    included: bool
    quick_win: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What the plans of everybody come to."""

    people: int
    win_soon: int
    """Who has a quick win in their first two steps."""

    shown: list[int]
    """Who (ids) has nothing left that closes a gap: they already show what the path is for."""

    per_step: Mapping[int, int]
    """Step id → in how many plans it is."""


def rows_of(path: int, plans: Mapping[int, Sequence[Verdict]]) -> dict[int, list[Row]]:
    """Person id → the rows of their plan, in its order. Three queries, however many people."""
    steps = Step.objects.filter(path=path).in_bulk()
    verdicts: Iterable[Verdict] = [verdict for plan in plans.values() for verdict in plan]
    told = iter(worded([(verdict.code, verdict.receipt) for verdict in verdicts]))
    return {
        person: [Row(steps[v.step.id], next(told), v.included, v.wins_quickly) for v in plan]
        for person, plan in plans.items()
    }


def overview(plans: Mapping[int, Sequence[Verdict]]) -> Overview:
    per_step: dict[int, int] = {}
    for plan in plans.values():
        for verdict in plan:
            per_step[verdict.step.id] = per_step.get(verdict.step.id, 0) + verdict.included
    return Overview(
        people=len(plans),
        win_soon=sum(any(v.wins_quickly for v in plan[:SOON]) for plan in plans.values()),
        shown=[person for person, plan in plans.items() if not any(v.gap for v in plan)],
        per_step=per_step,
    )
