"""What the fixtures of these tests hand out, and how their page is opened."""

from collections.abc import Callable

from learning.models import Observation
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import Visit

See = Callable[..., Observation]


def page_of(visit: Visit, acme: Company, reader: Person, person: Person) -> str:
    response = visit(acme, reader).get(f"/team/people/{person.uid}/")
    assert response.status_code == 200
    return str(response.content.decode())
