"""Cuts a path to one person's gaps, and says why each step is there or was set aside.

Pure: facts in, plan out. `learning.actions` loads the facts for one person or five thousand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from learning.levels import Sighting

EVERYONE = "everyone"
GAP = "gap"
NOT_SEEN = "not_seen"
SHOWN = "shown"


@dataclass(frozen=True)
class StepFacts:
    """A step of a path, as far as planning goes. `raises` maps skill id to level."""

    id: int
    position: int
    always: bool
    quick_win: bool
    raises: Mapping[int, int] = field(default_factory=dict)
    prerequisites: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """Whether a step is in, how large the gap it closes is (levels), and the receipt."""

    step: StepFacts
    included: bool
    gap: int
    code: str
    receipt: dict[str, Any]
    skill: int | None = None
    """The skill with the largest gap that the step raises; none where it closes no gap."""

    @property
    def rank(self) -> tuple[int, int]:
        return (-self.gap, self.step.position)

    @property
    def wins_quickly(self) -> bool:
        return self.step.quick_win and self.gap > 0


def judge(step: StepFacts, required: Mapping[int, int], levels: Mapping[int, Sighting]) -> Verdict:
    """Weigh one step against what the role requires and what was seen of the person.

    `required` and `levels` are keyed by skill id. A skill the role does not list counts as
    required up to the level the step raises it to.
    """
    needs = []
    for skill, raised in step.raises.items():
        wanted = required.get(skill, raised)
        seen = levels.get(skill)
        level = seen.level if seen else 0
        if level < min(raised, wanted):
            needs.append((wanted - level, skill, wanted, seen))
    if not needs:
        if step.always or not step.raises:
            return Verdict(step, True, 0, EVERYONE, {})
        return Verdict(step, False, 0, SHOWN, _shown(step, levels))
    gap, skill, wanted, seen = max(needs, key=lambda need: (need[0], need[3] is not None, -need[1]))
    if step.always:
        return Verdict(step, True, gap, EVERYONE, {}, skill)
    if seen is None:
        return Verdict(step, True, gap, NOT_SEEN, {"skill": skill}, skill)
    receipt = {"skill": skill, "required": wanted, **_told(seen)}
    return Verdict(step, True, gap, GAP, receipt, skill)


def _shown(step: StepFacts, levels: Mapping[int, Sighting]) -> dict[str, Any]:
    """The latest sighting among the step's skills; a role that requires level 0 needs none."""
    seen = [(levels[skill].observed_on, skill) for skill in step.raises if skill in levels]
    if not seen:
        return {}
    _, skill = max(seen)
    return {"skill": skill, **_told(levels[skill])}


def _told(seen: Sighting) -> dict[str, Any]:
    return {
        "level": seen.level,
        "source": seen.source,
        "observer": seen.observer_id,
        "on": seen.observed_on.isoformat(),
    }


def build(
    steps: Iterable[StepFacts],
    required: Mapping[int, int],
    levels: Mapping[int, Sighting],
    fixed: Mapping[int, int] | None = None,
) -> list[Verdict]:
    """The plan, in order: what is in first, what was set aside last.

    Order of what is in: a quick win for the largest gap, then the largest gap, then the path's
    own order; never before a prerequisite. If any quick win fits a gap, one is within the first
    two steps, unless its own prerequisites are in the way.

    `fixed` maps ids of steps that are done or being done to their place (from 0). They stay
    exactly there, and are in the plan whatever was seen since.
    """
    fixed = fixed or {}
    verdicts = [judge(step, required, levels) for step in steps]
    moving = [verdict for verdict in verdicts if verdict.step.id not in fixed]
    queue = _in_order([v for v in moving if v.included])
    aside = sorted((v for v in moving if not v.included), key=lambda v: v.step.position)
    places = {fixed[v.step.id]: v for v in verdicts if v.step.id in fixed}
    return _fill(len(verdicts), places, queue, aside)


def _in_order(included: Sequence[Verdict]) -> list[Verdict]:
    """Topological order by rank, with the best quick win and what it needs moved to the front."""
    by_id = {verdict.step.id: verdict for verdict in included}
    ordered = _by_rank(by_id)
    if any(verdict.wins_quickly for verdict in ordered[:1]):
        return ordered
    wins = [verdict for verdict in included if verdict.wins_quickly]
    if not wins:
        return ordered
    leads = {win.step.id: _lead(win, by_id) for win in wins}
    best = min(wins, key=lambda win: (max(len(leads[win.step.id]), 2), win.rank))
    front = leads[best.step.id]
    return [v for v in ordered if v.step.id in front] + [
        v for v in ordered if v.step.id not in front
    ]


def _lead(win: Verdict, by_id: Mapping[int, Verdict]) -> set[int]:
    """The step and all it needs, directly or not, as far as that is in the plan."""
    lead: set[int] = set()
    waiting = [win.step.id]
    while waiting:
        step = waiting.pop()
        if step in by_id and step not in lead:
            lead.add(step)
            waiting.extend(by_id[step].step.prerequisites)
    return lead


def _by_rank(by_id: Mapping[int, Verdict]) -> list[Verdict]:
    """The best-ranked first whose prerequisites are all before it.

    A circle of prerequisites has no first step: there the rank alone decides.
    """
    ranked = sorted(by_id.values(), key=lambda verdict: (verdict.rank, verdict.step.id))
    waiting = {v.step.id: set(v.step.prerequisites & by_id.keys()) for v in ranked}
    ordered = []
    while waiting:
        first = next((pk for pk, needs in waiting.items() if not needs), next(iter(waiting)))
        ordered.append(by_id[first])
        del waiting[first]
        for needs in waiting.values():
            needs.discard(first)
    return ordered


def _fill(
    size: int, places: Mapping[int, Verdict], queue: list[Verdict], aside: list[Verdict]
) -> list[Verdict]:
    """Put the moving steps into the places that the fixed ones leave free.

    A place before a fixed step is not given to one that needs it, as long as there is another.
    """
    plan = []
    for place in range(size):
        if place in places:
            plan.append(places[place])
            continue
        later = {verdict.step.id for at, verdict in places.items() if at > place}
        later |= {verdict.step.id for verdict in queue}
        free = [v for v in queue if not v.step.prerequisites & later]
        source = queue if (free or not aside) else aside
        chosen = free[0] if free else source[0]
        source.remove(chosen)
        plan.append(chosen)
    return plan


def largest_gap(plan: Iterable[Verdict]) -> int | None:
    """The skill (id) that a plan has most to do for; None where nothing is missing."""
    wide = [verdict for verdict in plan if verdict.gap]
    widest = min(wide, key=lambda verdict: verdict.rank, default=None)
    return None if widest is None else widest.skill
