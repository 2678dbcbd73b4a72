"""What a plan holds, why, and in which order: `plans.build` without a database."""

from collections.abc import Iterable, Mapping
from datetime import date

from learning import plans
from learning.levels import Sighting
from learning.plans import StepFacts, Verdict, build

ADA = 7
DISCOVERY, DEMO, PRICE = 1, 2, 3
NEEDED = {DISCOVERY: 2, DEMO: 2, PRICE: 3}


def seen(level: int, day: int = 3) -> Sighting:
    return Sighting(level, "manager", ADA, date(2026, 5, day))


def facts(
    pk: int,
    raises: Mapping[int, int] | None = None,
    *,
    always: bool = False,
    quick_win: bool = False,
    after: Iterable[int] = (),
) -> StepFacts:
    return StepFacts(pk, pk, always, quick_win, raises or {}, frozenset(after))


def only(step: StepFacts, levels: Mapping[int, Sighting]) -> Verdict:
    [verdict] = build([step], NEEDED, levels)
    return verdict


def order(*steps: StepFacts, levels: Mapping[int, Sighting] | None = None) -> list[int]:
    return [verdict.step.id for verdict in build(steps, NEEDED, levels or {})]


def test_what_everyone_does_is_in_even_for_whoever_can_do_it_all() -> None:
    verdict = only(facts(1, {DISCOVERY: 2}, always=True), {DISCOVERY: seen(3)})
    assert (verdict.included, verdict.code, verdict.gap) == (True, plans.EVERYONE, 0)


def test_a_step_that_raises_nothing_is_for_everyone() -> None:
    assert only(facts(1), {}).code == plans.EVERYONE


def test_a_gap_is_in_with_what_the_role_needs_and_what_was_seen_when_by_whom() -> None:
    verdict = only(facts(1, {DISCOVERY: 2}), {DISCOVERY: seen(1)})
    assert (verdict.included, verdict.code, verdict.gap) == (True, plans.GAP, 1)
    assert verdict.receipt == {
        "skill": DISCOVERY,
        "required": 2,
        "level": 1,
        "source": "manager",
        "observer": ADA,
        "on": "2026-05-03",
    }


def test_what_was_never_seen_is_in_and_says_so() -> None:
    verdict = only(facts(1, {DISCOVERY: 1}), {})
    assert (verdict.included, verdict.code, verdict.gap) == (True, plans.NOT_SEEN, 2)
    assert verdict.receipt == {"skill": DISCOVERY}


def test_an_observed_nothing_is_a_gap_not_something_unseen() -> None:
    assert only(facts(1, {DISCOVERY: 1}), {DISCOVERY: seen(0)}).code == plans.GAP


def test_what_was_shown_is_set_aside_and_names_the_latest_sighting() -> None:
    step = facts(1, {DISCOVERY: 1, DEMO: 1})
    verdict = only(step, {DISCOVERY: seen(2, day=3), DEMO: seen(1, day=9)})
    assert (verdict.included, verdict.code) == (False, plans.SHOWN)
    assert (verdict.receipt["skill"], verdict.receipt["on"]) == (DEMO, "2026-05-09")


def test_a_step_that_raises_no_higher_than_seen_is_set_aside_though_the_role_needs_more() -> None:
    assert only(facts(1, {PRICE: 1}), {PRICE: seen(1)}).code == plans.SHOWN
    assert only(facts(1, {PRICE: 2}), {PRICE: seen(1)}).code == plans.GAP


def test_a_step_that_raises_higher_than_the_role_needs_is_set_aside_at_the_roles_level() -> None:
    assert only(facts(1, {DISCOVERY: 3}), {DISCOVERY: seen(2)}).code == plans.SHOWN


def test_one_skill_with_a_gap_keeps_a_step_and_the_larger_gap_explains_it() -> None:
    levels = {DISCOVERY: seen(1), DEMO: seen(2), PRICE: seen(1)}
    verdict = only(facts(1, {DISCOVERY: 2, DEMO: 2, PRICE: 2}), levels)
    assert (verdict.code, verdict.receipt["skill"], verdict.gap) == (plans.GAP, PRICE, 2)


def test_a_skill_the_role_does_not_list_counts_up_to_what_the_step_raises() -> None:
    assert only(facts(1, {99: 1}), {99: seen(0)}).gap == 1
    assert only(facts(1, {99: 1}), {99: seen(1)}).included is False


def test_a_quick_win_leads_though_a_larger_gap_waits() -> None:
    deep, quick = facts(1, {PRICE: 3}), facts(2, {DISCOVERY: 1}, quick_win=True)
    assert order(deep, quick) == [2, 1]


def test_of_two_quick_wins_the_one_for_the_larger_gap_leads() -> None:
    small = facts(1, {DISCOVERY: 1}, quick_win=True)
    large = facts(2, {PRICE: 1}, quick_win=True)
    assert order(small, large) == [2, 1]


def test_a_quick_win_without_a_gap_does_not_lead() -> None:
    done = facts(1, {DEMO: 1}, quick_win=True, always=True)
    assert order(done, facts(2, {PRICE: 3}), levels={DEMO: seen(3)}) == [2, 1]


def test_then_the_largest_gap_then_the_paths_own_order_then_what_was_set_aside() -> None:
    steps = [facts(1, {DEMO: 1}), facts(2, {DISCOVERY: 2}), facts(3, {PRICE: 3})]
    steps += [facts(4, {DISCOVERY: 2}), facts(5)]
    assert order(*steps, levels={DEMO: seen(2)}) == [3, 2, 4, 5, 1]


def test_a_prerequisite_comes_first_and_pulls_nothing_else_along() -> None:
    win = facts(4, {PRICE: 1}, quick_win=True, after=[1])
    assert order(facts(1, {DISCOVERY: 2}), facts(2, {PRICE: 3}), win) == [1, 4, 2]


def test_a_prerequisite_that_was_set_aside_is_none() -> None:
    steps = [facts(1, {PRICE: 3}, after=[2]), facts(2, {DEMO: 1})]
    assert order(*steps, levels={DEMO: seen(1)}) == [1, 2]


def test_a_circle_of_prerequisites_loses_no_step() -> None:
    circle = [facts(1, {PRICE: 3}, after=[2]), facts(2, {DEMO: 1}, after=[1])]
    assert sorted(order(*circle, facts(3, {DISCOVERY: 2}, after=[3]))) == [1, 2, 3]


def test_what_is_being_done_stays_in_its_place_whatever_was_seen_since() -> None:
    steps = [facts(1, {PRICE: 3}), facts(2, {DEMO: 1}), facts(3, {DISCOVERY: 2})]
    plan = build(steps, NEEDED, {DEMO: seen(3)}, fixed={2: 0})
    assert [verdict.step.id for verdict in plan] == [2, 1, 3]


def test_nobody_overtakes_a_prerequisite_that_itself_waits_for_a_step_being_done() -> None:
    steps = [facts(1, {PRICE: 3}, after=[3]), facts(2, {PRICE: 3}, after=[1])]
    steps += [facts(3, {DEMO: 1}), facts(4, {DISCOVERY: 1})]
    plan = build(steps, NEEDED, {}, fixed={3: 2})
    assert [verdict.step.id for verdict in plan] == [4, 1, 3, 2]
