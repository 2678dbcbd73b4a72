"""What somebody says of themselves is an observation like any other."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from learning.actions import rate_oneself
from learning.models import LearningRecord, Observation, Path, Skill
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import Assign, See, states


def test_an_answer_is_an_observation_and_cuts_the_plan(
    assign: Assign, lee: Person, sales_path: Path
) -> None:
    assignment = assign(lee).assignments[0]
    rating, moved = rate_oneself(
        person=lee, skill=Skill.objects.get(slug="discovery"), level=2, rated_on=TODAY
    )
    assert (rating.source, rating.observer, rating.observed_on) == ("self", lee, TODAY)
    assert {step.step.slug for step in moved} == {"three-question-opener", "cost-of-the-problem"}
    assert list(states(assignment).values()).count("set_aside") == 2


def test_of_one_day_the_last_answer_counts_and_the_same_again_writes_nothing(
    sales_path: Path, see: See, lee: Person
) -> None:
    demo = Skill.objects.get(slug="demo")
    see(lee, "demo", 1, observed_on=TODAY - timedelta(days=1))
    for level in (2, 2, 3, 3):
        rate_oneself(person=lee, skill=demo, level=level, rated_on=TODAY)
    told = [(each.level, each.withdrawn_at) for each in Observation.objects.order_by("pk")]
    assert told == [(1, None), (2, NOW), (3, None)]


def test_a_managers_view_stays_and_no_step_moves(
    assign: Assign, see: See, ada: Person, lee: Person
) -> None:
    assign(lee)
    see(lee, "discovery", 0, by=ada)
    records = LearningRecord.objects.count()
    _, moved = rate_oneself(
        person=lee, skill=Skill.objects.get(slug="discovery"), level=3, rated_on=TODAY
    )
    assert moved == []
    assert LearningRecord.objects.count() == records


def test_a_level_off_the_scale_takes_nothing_back(sales_path: Path, see: See, lee: Person) -> None:
    see(lee, "demo", 1)
    with pytest.raises(ValidationError, match="not on the scale"):
        rate_oneself(person=lee, skill=Skill.objects.get(slug="demo"), level=4, rated_on=TODAY)
    assert Observation.objects.get().withdrawn_at is None
