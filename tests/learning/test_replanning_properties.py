"""Plans in the database: whatever is seen, in whatever order, and whatever is done meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.actions import assign_path, finish_step, observe, start_step
from learning.models import Assignment, Observation, Path, PlanStep, Skill
from learning.receipts import sentences
from tests.conftest import TODAY
from tests.learning.cast import Assign, plan_of

SKILLS = ("discovery", "mutual-plan", "qualification", "multithreading", "demo", "negotiation")
MANAGER, SELF = Observation.Source.MANAGER, Observation.Source.SELF
SEEN = st.lists(
    st.tuples(
        st.sampled_from(SKILLS),
        st.integers(0, 3),
        st.sampled_from([MANAGER, SELF]),
        st.integers(1, 60),
    ),
    max_size=8,
    unique_by=lambda seen: seen[3],  # on different days
)
examples = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is not there afterwards: each example starts from the same."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def look(person, ada, seen) -> None:
    skills = {skill.slug: skill for skill in Skill.objects.filter(slug__in=SKILLS)}
    for slug, level, source, ago in seen:
        observe(
            person=person,
            skill=skills[slug],
            level=level,
            source=source,
            observer=ada if source == MANAGER else person,
            observed_on=TODAY - timedelta(days=ago),
        )


def told(assignment: Assignment) -> list[tuple[object, ...]]:
    plan = plan_of(assignment)
    why = sentences(plan)
    return [(s.step.slug, s.state, s.position, s.quick_win, why[s.pk]) for s in plan]


@pytest.fixture
def assignment(assign: Assign, lee) -> Assignment:
    return assign(lee).assignments[0]


@examples
@given(data=st.data(), seen=SEEN)
def test_any_order_of_observations_gives_the_same_plan(
    data, assignment: Assignment, lee, ada, seen
) -> None:
    plans = []
    for order in (seen, data.draw(st.permutations(seen))):
        with undone():
            look(lee, ada, order)
            plans.append(told(assignment))
    assert plans[0] == plans[1]


@examples
@given(seen=SEEN)
def test_seen_before_or_after_the_path_is_given_the_plan_is_the_same(
    seen, sales_path: Path, framing, clock, lee, ada
) -> None:
    def give() -> Assignment:
        return assign_path(
            path=sales_path,
            people=[lee],
            outcome=sales_path.role.outcomes.get(slug="close-faster"),
            framing=framing,
            actor=None,
        ).assignments[0]

    with undone():
        look(lee, ada, seen)
        before = told(give())
    with undone():
        after = give()
        look(lee, ada, seen)
        assert told(after) == before


@examples
@given(data=st.data(), seen=SEEN)
def test_replanning_never_moves_what_is_done_or_being_done(
    data, assignment: Assignment, lee, ada, seen
) -> None:
    with undone():
        for place in data.draw(st.sets(st.integers(0, 13), max_size=6)):
            act = data.draw(st.sampled_from([start_step, finish_step]))
            act(plan_step=plan_of(assignment)[place])
        touched = PlanStep.objects.exclude(state__in=["to_do", "set_aside"]).order_by("pk")
        before = list(touched.values())
        look(lee, ada, seen)
        assert list(touched.values()) == before
        assert sorted(s.position for s in plan_of(assignment)) == list(range(14))
