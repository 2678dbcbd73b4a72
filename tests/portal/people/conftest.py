"""Lee on the account executive's path, and what Ada saw of him."""

from datetime import date

import pytest

from learning.actions import observe
from learning.models import Assignment, Observation, Skill
from tenants.people.models import Person
from tests.portal.cast import Assign
from tests.portal.people.cast import See


@pytest.fixture
def see(ada: Person, lee: Person) -> See:
    """``see("discovery", 1, date(2026, 5, 3))``: what Ada saw in Lee, unless said otherwise."""

    def note(slug: str, level: int, on: date, **fields: object) -> Observation:
        known = {
            "person": lee,
            "source": Observation.Source.MANAGER,
            "observer": ada,
            **fields,
        }
        skill = Skill.objects.get(slug=slug)
        return observe(skill=skill, level=level, observed_on=on, **known)[0]  # type: ignore[arg-type]

    return note


@pytest.fixture
def on_path(lee: Person, assign: Assign) -> Assignment:
    return assign(lee)
