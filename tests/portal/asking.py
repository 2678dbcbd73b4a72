"""Short names for what the tests of the self-check ask."""

from datetime import timedelta

from learning.actions import observe
from learning.models import Observation, Skill
from tenants.people.models import Person
from tests.conftest import TODAY

BEGIN, PLAN = "/where-am-i/", "/where-am-i/plan/"


def page_of(slug: str) -> str:
    return f"/where-am-i/{Skill.objects.get(slug=slug).uid}/"


def see(person: Person, slug: str, level: int, by: Person, days: int = 0) -> None:
    observe(
        person=person,
        skill=Skill.objects.get(slug=slug),
        level=level,
        source=Observation.Source.MANAGER,
        observer=by,
        observed_on=TODAY - timedelta(days=days),
    )
