"""``kill -9`` at ten moments, while briefs are written and while they go out: none is lost."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from config.queue import database_conninfo
from learning.actions import assign_path
from learning.library import load_role
from reinforcement.models import Brief, BriefItem, Delivery
from reinforcement.tasks import send_due, write_briefs
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.faults.conftest import FRAMING, Postbox, Worker, company_due_now, wait_until

pytestmark = [pytest.mark.faults]
MANAGERS = 240
WHILE_WRITING = ("reinforcement_brief", "reinforcement_briefitem", "reinforcement_delivery")
WHILE_SENDING = 7
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"


@pytest.fixture
def company(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """Very many managers with a report each, whose week is due and not written."""
    with django_db_blocker.unblock(), company_due_now("faults-ten") as company:
        with working_for(company):
            _people_on_a_path()
        yield company


def _people_on_a_path() -> None:
    path = load_role("account-executive").paths.get()
    numbers = range(MANAGERS)
    managers = Person.objects.bulk_create(
        Person(email=f"m{n}@faults.example", given_name=f"Manager {n}") for n in numbers
    )
    assign_path(
        path=path,
        people=Person.objects.bulk_create(
            Person(email=f"r{n}@faults.example", given_name=f"Report {n}", manager=managers[n])
            for n in numbers
        ),
        outcome=path.role.outcomes.get(slug="close-faster"),
        framing=FRAMING,
        actor=None,
    )


def tick() -> None:
    """What the scheduler does every five minutes; here, as soon as the last worker is dead.

    Its leases are over by then.
    """
    Delivery.objects.filter(state=Delivery.State.SENDING).update(next_attempt_at=timezone.now())
    write_briefs.delay()
    send_due.delay()
    send_due.delay()


@contextmanager
def held_up(table: str) -> Iterator[None]:
    """Whoever wants to write into the table waits for the end of the block."""
    with psycopg.connect(database_conninfo()) as database:
        database.execute(f"LOCK TABLE {table} IN SHARE MODE")
        yield


def somebody_waits_for(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [table])
        return bool(cursor.fetchone()[0])


def half_written() -> set[bool]:
    """Whether a brief, its item and its delivery are there, of all that belong together."""
    return {rows.objects.exists() for rows in (Brief, BriefItem, Delivery)}


def test_killed_ten_times_every_manager_has_a_brief_and_its_mail(
    company: Company, worker: Worker, postbox: tuple[Postbox, int]
) -> None:
    box, _ = postbox
    dice = random.Random("ten times")  # noqa: S311  # the same every time
    with working_for(company):
        for table in WHILE_WRITING:
            tick()
            with held_up(f"{company.schema_name}.{table}"):
                worker.start()
                wait_until(partial(somebody_waits_for, f"{company.schema_name}.{table}"))
                worker.kill()
            assert half_written() == {False}

        for _ in range(WHILE_SENDING):
            moment = len(box.accepted) + dice.randint(3, 28)
            worker.start()
            tick()
            wait_until(lambda: len(box.accepted) >= moment)  # noqa: B023  # called here
            time.sleep(dice.uniform(0, 0.05))
            worker.kill()
            assert half_written() == {True}
        assert Delivery.objects.exclude(state=Delivery.State.SENT).exists()

        worker.start()
        tick()
        wait_until(lambda: not Delivery.objects.exclude(state=Delivery.State.SENT).exists())

        ours = set(Delivery.objects.values_list("message_id", flat=True))
        assert Brief.objects.filter(state="written").count() == MANAGERS
        assert Brief.objects.values("manager").distinct().count() == MANAGERS
        assert len(ours) == Delivery.objects.count() == MANAGERS
    counts = Counter(box.accepted)
    assert set(counts) == ours
    assert max(counts.values()) <= 2
    assert sum(counts.values()) - MANAGERS <= 2 * WHILE_SENDING  # two at a time were on their way
