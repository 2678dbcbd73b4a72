"""Many short tasks: a worker goes on to the next one as soon as it has a hand free."""

import time
from pathlib import Path

import psycopg
import pytest

from config.queue import database_conninfo
from reinforcement import tasks
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tests.faults.conftest import Worker

pytestmark = pytest.mark.faults
TASKS = 60
AT_WORST = 20  # seconds; at two tasks a second these would take thirty


def test_a_worker_does_not_rest_between_short_tasks(company: Company, tmp_path: Path) -> None:
    worker = Worker(25, tmp_path / "worker.log")
    _put(company, 1)  # so that there is a queue
    with psycopg.connect(database_conninfo()) as database:
        database.execute("SELECT pgmq.purge_queue('celery')")  # of what other tests left in it
    worker.start()
    try:
        _put(company, 1)
        _wait_until_done(worker.log)
        began = time.monotonic()
        _put(company, TASKS)
        _wait_until_done(worker.log)
        assert time.monotonic() - began < AT_WORST
    finally:
        worker.kill()


def _put(company: Company, count: int) -> None:
    with working_for(company):
        for _ in range(count):
            tasks.remind_check_backs.delay()


def _wait_until_done(log: Path) -> None:
    deadline = time.monotonic() + 90
    with psycopg.connect(database_conninfo(), autocommit=True) as database:
        while database.execute("SELECT count(*) FROM pgmq.q_celery").fetchone() != (0,):
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
