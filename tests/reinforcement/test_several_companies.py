"""What one company's trouble costs the others: nothing but a turn."""

import time
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from socket import socket

import pytest
from django.conf import settings as configured
from django.core import mail
from kombu.exceptions import OperationalError
from pytest_django.fixtures import Settings
from time_machine import Traveller

from reinforcement import actions, tasks
from reinforcement.actions import deliveries
from reinforcement.models import Barrier, Brief, Delivery
from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign
from tests.reinforcement.smtp import Postbox

HANGS_FOR = 0.3  # seconds


class Queue:
    """One queue, one worker: a task runs in the company it was sent from, when its turn comes."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Callable[[], None], Company]] = deque()

    def put(self, task: Callable[[], None]) -> None:
        tenant = connection.tenant
        assert isinstance(tenant, Company)
        self.waiting.append((task, tenant))

    def take_turns(self, most: int = 100) -> None:
        """Until nothing waits, or so many turns."""
        while self.waiting and most:
            task, company = self.waiting.popleft()
            with working_for(company):
                task()
            most -= 1

    def tick(self) -> None:
        connection.set_schema_to_public()
        tasks.tick()


@pytest.fixture
def queue(acme: Company, globex: Company, monkeypatch: pytest.MonkeyPatch) -> Queue:
    queue = Queue()
    for task in (tasks.write_briefs, tasks.send_due):
        monkeypatch.setattr(task, "delay", lambda task=task: queue.put(task))
    for task in (tasks.ask_reputations, tasks.remind_check_backs):
        monkeypatch.setattr(task, "delay", lambda: None)
    return queue


def in_the_outbox(company: Company, reader: Person, count: int) -> None:
    """So many reminders to check back, whose time has come."""
    today = DUE.date()
    days = dict.fromkeys(("heard_on", "status_since", "check_back_on", "reminded_on"), today)
    with working_for(company):
        Delivery.objects.bulk_create(
            Delivery(
                barrier=Barrier.objects.create(manager=reader, words=f"Barrier {number}", **days),
                recipient=reader,
                channel="mail",
                next_attempt_at=DUE,
                message_id=f"<{number}@{company.slug}.example>",
            )
            for number in range(count)
        )


def sent(company: Company) -> int:
    with working_for(company):
        return Delivery.objects.filter(state="sent").count()


def test_a_company_with_very_many_briefs_goes_on_behind_the_others_after_each_batch(
    acme: Company,
    globex: Company,
    ada: Person,
    gus: Person,
    queue: Queue,
    monday: Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for place in (actions, deliveries):
        monkeypatch.setattr(place, "BATCH", 3)
    in_the_outbox(acme, ada, 10)
    in_the_outbox(globex, gus, 2)
    for company in (acme, globex):
        with working_for(company):
            tasks.send_due.delay()
    queue.take_turns()
    readers = [message.to[0].partition("@")[2].removesuffix(">") for message in mail.outbox]
    assert readers == ["acme.example"] * 3 + ["globex.example"] * 2 + ["acme.example"] * 7


def test_a_hanging_server_costs_a_company_its_turn_and_no_other_theirs(
    acme: Company,
    globex: Company,
    ada: Person,
    gus: Person,
    queue: Queue,
    monday: Traveller,
    postbox: Postbox,
    settings: Settings,
) -> None:
    """However much waits: one attempt, and then the next company."""
    in_the_outbox(acme, ada, 5)
    in_the_outbox(globex, gus, 2)
    works, settings.EMAIL_TIMEOUT = settings.EMAIL_PORT, HANGS_FOR
    for company in (acme, globex):
        with working_for(company):
            tasks.send_due.delay()
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_PORT = silent.getsockname()[1]
        began = time.perf_counter()
        queue.take_turns(most=1)
        assert HANGS_FOR <= time.perf_counter() - began < 2 * HANGS_FOR
    settings.EMAIL_PORT = works
    queue.take_turns()
    assert (sent(acme), sent(globex)) == (0, 2)
    monday.shift(timedelta(minutes=2))
    queue.tick()
    queue.take_turns()
    assert (sent(acme), len(postbox.messages)) == (5, 7)


def test_a_hanging_server_costs_ten_seconds_where_nobody_says_otherwise() -> None:
    assert configured.EMAIL_TIMEOUT == 10


@pytest.fixture
def due(assign: Assign, ada: Person, lee: Person) -> None:
    """Ada's week is due, and nothing of it is written."""
    assign(lee)


def test_a_message_that_the_queue_lost_loses_nothing_because_the_tick_comes_again(
    due: None, acme: Company, queue: Queue, monday: Traveller
) -> None:
    queue.tick()
    queue.waiting.clear()
    with working_for(acme):
        assert not Brief.objects.exists()
    monday.shift(timedelta(minutes=5))
    queue.tick()
    queue.take_turns(most=1)
    queue.waiting.clear()  # with what writing had put there
    with working_for(acme):
        assert Brief.objects.count() == 1
    assert sent(acme) == 0
    monday.shift(timedelta(minutes=5))
    queue.tick()
    queue.take_turns()
    assert (sent(acme), len(mail.outbox)) == (1, 1)


def test_a_queue_that_is_down_takes_nothing_out_of_the_outbox(
    due: None, acme: Company, queue: Queue, monday: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as down:

        def refuse() -> None:
            raise OperationalError("connection refused")

        down.setattr(tasks.send_due, "delay", refuse)
        with pytest.raises(OperationalError):
            tasks.write_briefs()
    assert Delivery.objects.get().state == "waiting"
    monday.shift(timedelta(minutes=10))
    queue.tick()
    queue.take_turns()
    assert (sent(acme), len(mail.outbox)) == (1, 1)
