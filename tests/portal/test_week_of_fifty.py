"""A manager of fifty: five are featured, the others named, and the page costs what ten cost."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.actions import assign_path
from learning.framing import Framing
from learning.models import Path
from reinforcement.actions import write_due_briefs
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import MakePerson, Visit
from tests.reinforcement.cast import DUE

MOST = 15
Lead = Callable[[int], Person]


@pytest.fixture
def lead(clock, acme: Company, person: MakePerson, sales_path: Path, framing: Framing) -> Lead:
    """``lead(10)``: a manager of ten people, all on a path, with this week's brief."""
    clock.move_to(DUE)

    def make(size: int) -> Person:
        manager = person(f"Boss{size}", "Ek")
        assign_path(
            path=sales_path,
            people=[person(f"Bo{n}of{size}", "Ek", manager=manager) for n in range(size)],
            outcome=sales_path.role.outcomes.all()[0],
            framing=framing,
            actor=None,
        )
        write_due_briefs(now=DUE)
        return manager

    return make


def test_fifty_cost_no_more_queries_than_ten(visit: Visit, acme: Company, lead: Lead) -> None:
    costs = []
    for size in (10, 50):
        client = visit(acme, lead(size))
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/week/").text
        assert page.count('<article class="card') == 5
        assert page.count(f"of{size} Ek") >= size
        costs.append(len(asked))
    assert costs[0] == costs[1] <= MOST
