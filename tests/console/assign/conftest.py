import pytest
from time_machine import Traveller

from learning.models import Path
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.assign.cast import Wizard
from tests.console.cast import Visit


@pytest.fixture
def wizard(
    clock: Traveller, acme: Company, olive: Person, sales_path: Path, visit: Visit
) -> Wizard:
    """Olive, who has chosen the account executive's path."""
    return Wizard(visit(acme, olive), sales_path)
