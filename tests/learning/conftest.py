"""A path given to people, and what is seen of them."""

from typing import Any

import pytest
from time_machine import Traveller

from learning.actions import assign_path, choose_people, frame, hold_role, observe, start_draft
from learning.framing import Framing
from learning.models import AssignmentDraft, Observation, Path, RoleHolding, Skill
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.learning.cast import Assign, Hold, MakePerson, Prepare, See


@pytest.fixture
def assign(clock: Traveller, sales_path: Path, framing: Framing) -> Assign:
    """``assign(lee, nia)``: the account executive's path, with its framing; what came of it."""

    def give(*people: Person, **changes: Any):
        return assign_path(
            **{
                "path": sales_path,
                "people": people,
                "outcome": sales_path.role.outcomes.get(slug="close-faster"),
                "framing": framing,
                "actor": None,
                **changes,
            }
        )

    return give


@pytest.fixture
def see(clock: Traveller) -> See:
    """``see(lee, "discovery", 2, by=ada)``: seen today; the observation, and what moved."""

    def note(person: Person, skill: str, level: int, by: Person | None = None, **changes: Any):
        source = Observation.Source.MANAGER if by else Observation.Source.SELF
        return observe(
            **{
                "person": person,
                "skill": Skill.objects.get(slug=skill),
                "level": level,
                "source": source,
                "observer": by or person,
                "observed_on": TODAY,
                **changes,
            }
        )

    return note


@pytest.fixture
def hold(sales_path: Path, person: MakePerson, clock: Traveller) -> Hold:
    """``hold("Bo", ada)``: somebody new in Ada's team, who holds the account executive's role."""

    def make(given: str, manager: Person) -> Person:
        somebody = person(given, "Ek", manager=manager)
        hold_role(person=somebody, role=sales_path.role, source=RoleHolding.Source.HAND)
        return somebody

    return make


@pytest.fixture
def prepare(clock: Traveller, sales_path: Path, framing: Framing, olive: Person) -> Prepare:
    """``prepare(lee, nia)``: Olive's draft, ready to be sent off."""

    def make(*people: Person, **changes: Any) -> AssignmentDraft:
        draft = start_draft(path=sales_path, actor=olive)
        choose_people(draft=draft, people=[person.pk for person in people])
        told = {
            "framing": framing,
            "outcome": sales_path.role.outcomes.get(slug="close-faster"),
            "starts_on": None,
            **changes,
        }
        frame(draft=draft, **told)
        return draft

    return make
