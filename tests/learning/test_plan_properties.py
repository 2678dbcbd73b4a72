"""What holds for any path, any gaps and whatever is done already."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from learning.levels import Sighting
from learning.plans import EVERYONE, GAP, NOT_SEEN, SHOWN, StepFacts, Verdict, build

SKILLS = st.integers(1, 4)
LEVELS = st.integers(0, 3)


@st.composite
def paths(draw: st.DrawFn) -> list[StepFacts]:
    """Up to nine steps; prerequisites name any steps, but never in a circle."""
    count = draw(st.integers(1, 9))
    rank = draw(st.permutations(range(count)))
    return [
        StepFacts(
            id=pk,
            position=pk,
            always=draw(st.booleans()),
            quick_win=draw(st.booleans()),
            raises=draw(st.dictionaries(SKILLS, st.integers(1, 3), max_size=2)),
            prerequisites=frozenset(
                other
                for other in draw(st.sets(st.integers(0, count - 1), max_size=2))
                if rank[other] < rank[pk]
            ),
        )
        for pk in range(count)
    ]


REQUIRED = st.dictionaries(SKILLS, LEVELS)
SEEN = st.dictionaries(SKILLS, LEVELS).map(
    lambda levels: {
        skill: Sighting(level, "manager", 1, date(2026, 5, 3)) for skill, level in levels.items()
    }
)


@st.composite
def places(draw: st.DrawFn, path: list[StepFacts]) -> dict[int, int]:
    """Some steps are done or being done, each in a place of its own."""
    steps = draw(st.permutations(range(len(path))))
    count = draw(st.integers(0, len(path)))
    return dict(zip(steps[:count], draw(st.permutations(range(len(path))))[:count], strict=True))


def included(plan: list[Verdict]) -> list[StepFacts]:
    return [verdict.step for verdict in plan if verdict.included]


def needed_first(step: StepFacts, steps: dict[int, StepFacts]) -> set[int]:
    """What has to come before a step, directly or not, among `steps`."""
    found: set[int] = set()
    waiting = [need for need in step.prerequisites if need in steps]
    while waiting:
        need = waiting.pop()
        found.add(need)
        waiting += [more for more in steps[need].prerequisites if more in steps]
    return found


@given(path=paths(), required=REQUIRED, levels=SEEN)
def test_no_step_comes_before_a_prerequisite_in_the_plan(path, required, levels) -> None:
    plan = included(build(path, required, levels))
    before: set[int] = set()
    for step in plan:
        assert not (step.prerequisites - before) & {each.id for each in plan}
        before.add(step.id)


@given(path=paths(), required=REQUIRED, levels=SEEN)
def test_a_fitting_quick_win_is_within_the_first_two(path, required, levels) -> None:
    plan = build(path, required, levels)
    steps = {step.id: step for step in included(plan)}
    wins = [verdict.step for verdict in plan if verdict.included and verdict.wins_quickly]
    leads = [len(needed_first(win, steps)) for win in wins]
    if not leads:
        return
    first = min(place for place, verdict in enumerate(plan) if verdict.wins_quickly)
    assert first <= max(1, min(leads))


@settings(max_examples=300)
@given(data=st.data(), path=paths(), required=REQUIRED, levels=SEEN)
def test_what_is_done_stays_exactly_there_and_every_step_is_there_once(
    data, path, required, levels
) -> None:
    fixed = data.draw(places(path))
    plan = build(path, required, levels, fixed)
    assert sorted(verdict.step.id for verdict in plan) == [step.id for step in path]
    at = {verdict.step.id: place for place, verdict in enumerate(plan)}
    assert {pk: at[pk] for pk in fixed} == fixed


@settings(max_examples=300)
@given(data=st.data(), path=paths(), required=REQUIRED, levels=SEEN)
def test_among_what_still_moves_prerequisites_hold_whatever_is_done(
    data, path, required, levels
) -> None:
    fixed = data.draw(places(path))
    moving = [s for s in included(build(path, required, levels, fixed)) if s.id not in fixed]
    before: set[int] = set()
    for step in moving:
        assert not (step.prerequisites - before) & {each.id for each in moving}
        before.add(step.id)


@given(data=st.data(), path=paths(), required=REQUIRED, levels=SEEN)
def test_the_same_facts_in_any_order_give_the_same_plan(data, path, required, levels) -> None:
    assert build(data.draw(st.permutations(path)), required, levels) == build(
        path, required, levels
    )


@given(path=paths(), required=REQUIRED, levels=SEEN)
def test_gaps_only_shrink_where_nothing_else_decides(path, required, levels) -> None:
    free = [StepFacts(s.id, s.position, s.always, False, s.raises) for s in path]
    ranks = [verdict.rank for verdict in build(free, required, levels) if verdict.included]
    assert ranks == sorted(ranks)


@settings(max_examples=300)
@given(path=paths(), required=REQUIRED, levels=SEEN)
def test_a_step_is_in_the_plan_exactly_when_it_is_needed(path, required, levels) -> None:
    """Needed: everybody does it, or it raises a skill that is below what it raises it to and below
    what the role requires."""
    for verdict in build(path, required, levels):
        step = verdict.step
        below = [
            skill
            for skill, raised in step.raises.items()
            if _level(levels, skill) < min(raised, required.get(skill, raised))
        ]
        assert verdict.included == (step.always or not step.raises or bool(below))


@settings(max_examples=300)
@given(path=paths(), required=REQUIRED, levels=SEEN)
def test_the_receipt_names_the_widest_gap_or_what_was_shown(path, required, levels) -> None:
    for verdict in build(path, required, levels):
        receipt, step = verdict.receipt, verdict.step
        if verdict.code == EVERYONE:
            assert receipt == {}
            continue
        if "skill" not in receipt:
            assert verdict.code == SHOWN
            assert not levels.keys() & step.raises.keys()
            continue
        skill = receipt["skill"]
        seen = levels.get(skill)
        assert (verdict.code == NOT_SEEN) == (seen is None)
        if verdict.code == GAP:
            assert receipt["required"] - receipt["level"] == verdict.gap > 0
        if seen:
            told = (receipt["level"], receipt["observer"], receipt["on"])
            assert told == (seen.level, seen.observer_id, seen.observed_on.isoformat())


@settings(max_examples=300)
@given(data=st.data(), path=paths(), required=REQUIRED, levels=SEEN)
def test_what_is_done_is_never_set_aside_and_what_is_needed_never_lost(
    data, path, required, levels
) -> None:
    fixed = data.draw(places(path))
    alone = {verdict.step.id: verdict.included for verdict in build(path, required, levels)}
    for verdict in build(path, required, levels, fixed):
        if verdict.step.id not in fixed:
            assert verdict.included == alone[verdict.step.id]


def _level(levels: dict[int, Sighting], skill: int) -> int:
    return levels[skill].level if skill in levels else 0
