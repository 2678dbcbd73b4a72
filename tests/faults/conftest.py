"""A company whose rows are really committed, a real worker, a real SMTP server."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connections
from pytest_django import DjangoDbBlocker

from config import postgres
from config.queue import database_conninfo
from learning.actions import assign_path
from learning.framing import Framing
from learning.library import load_role
from reinforcement.actions import write_due_briefs
from tenants.companies.actions import create_company, drop_company
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person

MANAGERS = 12
FRAMING = Framing("close deals faster", "demos end without a date", "each ends with one")


@pytest.fixture
def company(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """Twelve managers with a report each, and this week's briefs written but not sent."""
    with django_db_blocker.unblock(), company_due_now("faults") as company:
        with working_for(company):
            _people_on_a_path(datetime.now(UTC).date())
            assert len(write_due_briefs(now=datetime.now(UTC))) == MANAGERS
        yield company


@contextmanager
def company_due_now(slug: str) -> Iterator[Company]:
    """A company whose briefs are due at this hour; dropped at the end."""
    now = datetime.now(UTC)
    company = create_company(
        name="Faults",
        slug=slug,
        root_domain="localhost",
        brief_day=now.isoweekday(),
        brief_hour=now.hour,
    )
    try:
        yield company
    finally:
        drop_company(company)
        connections.close_all()


def _people_on_a_path(today: date) -> None:
    path = load_role("account-executive").paths.get()
    reports = []
    for number in range(MANAGERS):
        manager = Person.objects.create_user(
            email=f"m{number}@faults.example", given_name=f"Manager {number}"
        )
        reports.append(
            Person.objects.create_user(
                email=f"r{number}@faults.example", given_name=f"Report {number}", manager=manager
            )
        )
    assign_path(
        path=path,
        people=reports,
        outcome=path.role.outcomes.get(slug="close-faster"),
        framing=FRAMING,
        actor=None,
    )


@dataclass
class Postbox:
    """What an SMTP server accepted; `before` runs as each message arrives, and may refuse it."""

    accepted: list[str] = field(default_factory=list)
    before: Callable[[str], bool] = lambda message_id: True

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message_id = str(message_from_bytes(content)["Message-ID"]).strip()  # a long one is folded
        if not self.before(message_id):
            return "451 not now"
        self.accepted.append(message_id)
        return "250 accepted"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    """The postbox and its port."""
    box = Postbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


class Worker:
    """A real Celery worker on the test database, in a process group of its own."""

    def __init__(self, smtp_port: int, log: Path) -> None:
        self.environment = {
            **os.environ,
            "DATABASE_URL": postgres.url_of(database_conninfo()),
            "MAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        }
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config.celery", "worker",
                 "--concurrency=2", "--without-gossip", "--without-mingle"],
                env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        """``kill -9`` on the worker and its pool."""
        process, self.process = self.process, None
        if process:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def worker(postbox: tuple[Postbox, int], tmp_path) -> Iterator[Worker]:
    worker = Worker(postbox[1], tmp_path / "worker.log")
    yield worker
    worker.kill()


def wait_until(true: Callable[[], bool], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)
