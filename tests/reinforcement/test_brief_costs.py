"""What writing briefs costs: as many queries for a large company as for a small one."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import assign_path
from learning.framing import Framing
from learning.models import Path
from reinforcement.actions import briefs, outbox, set_preference, write_due_briefs
from reinforcement.models import Brief
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, MakePerson

WEEK = timedelta(weeks=1)


class Company:
    """Teams to be written about, one after the other; each cost is that of all there are."""

    def __init__(self, clock: Traveller, path: Path, framing: Framing, person: MakePerson) -> None:
        clock.shift(-timedelta(days=1))
        self.clock, self.path, self.framing, self.person = clock, path, framing, person
        self.people = 0

    def _somebody(self, **fields: object) -> Person:
        self.people += 1
        return self.person("Cy", f"Oh{self.people}", **fields)

    def hires(self, *, managers: int, reports: int) -> list[Person]:
        self.clock.shift(timedelta(minutes=1))  # after whatever was due until now
        bosses = [self._somebody() for _ in range(managers)]
        assign_path(
            path=self.path,
            people=[self._somebody(manager=boss) for boss in bosses for _ in range(reports)],
            outcome=self.path.role.outcomes.get(slug="close-faster"),
            framing=self.framing,
            actor=None,
        )
        return bosses


@pytest.fixture
def company(monday: Traveller, sales_path: Path, framing: Framing, person: MakePerson) -> Company:
    return Company(monday, sales_path, framing, person)


def cost(company: Company, now: datetime, expected: int) -> int:
    """Queries for this many briefs."""
    company.clock.move_to(now)
    with CaptureQueriesContext(connection) as queries:
        assert len(write_due_briefs(now=now)) == expected
    return len(queries)


def test_thirty_managers_cost_no_more_queries_than_three(company: Company) -> None:
    company.hires(managers=3, reports=2)
    few = cost(company, DUE, 3)
    company.hires(managers=27, reports=2)
    assert cost(company, DUE + WEEK, 30) == few


def test_forty_reports_cost_no_more_queries_than_one(company: Company) -> None:
    company.hires(managers=1, reports=1)
    one = cost(company, DUE, 1)
    Person.objects.update(manager=None)
    company.hires(managers=1, reports=40)
    assert cost(company, DUE + WEEK, 1) == one


def test_managers_due_at_moments_of_their_own_cost_no_more(company: Company) -> None:
    """As after some hours in which the scheduler was down."""
    company.hires(managers=3, reports=1)
    few = cost(company, DUE, 3)
    for hour, boss in enumerate(company.hires(managers=12, reports=1)):
        set_preference(person=boss, channel="mail", day=1, hour=hour, paused_until=None)
    later = DUE + timedelta(hours=5)
    assert len(write_due_briefs(now=later)) == 12  # whose moment came, or was over when they chose
    assert cost(company, later + WEEK, 15) == few


def test_a_look_that_finds_nothing_due_costs_two_queries(company: Company) -> None:
    company.hires(managers=3, reports=1)
    assert cost(company, DUE, 3) > 2
    assert cost(company, DUE + timedelta(hours=1), 0) == 2


def test_a_very_large_company_is_written_in_batches_that_commit_on_their_own(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefs, "AT_ONCE", 2)
    company.hires(managers=5, reports=1)
    put, batches = outbox.put_in_outbox, []

    def fail_at_the_third(kind, messages, **options):
        batches.append(len(messages))
        if len(batches) == 3:
            raise ConnectionError("the database went away")
        return put(kind, messages, **options)

    monkeypatch.setattr(briefs, "put_in_outbox", fail_at_the_third)
    with pytest.raises(ConnectionError):
        write_due_briefs(now=DUE)
    assert (batches, Brief.objects.count()) == ([2, 2, 1], 4)
    assert len(write_due_briefs(now=DUE)) == 1
