"""``kill -9`` on the worker in the middle of a long run of people: the old state or the new one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.actions import queue_sync, take_up_runs
from tenants.people.models import Person, SyncRun
from tests.faults.conftest import Worker, wait_until
from tests.people.hris import row

pytestmark = [pytest.mark.faults]
ROWS = 20_000


def _state(run: SyncRun) -> SyncRun:
    run.refresh_from_db(fields=["state", "rows_compared", "created"])
    return run


def test_a_killed_run_leaves_nothing_and_is_done_by_the_next_worker(
    company: Company, worker: Worker
) -> None:
    with working_for(company):
        before = Person.objects.count()
        run = queue_sync(rows=(row(number) for number in range(ROWS)), source="api")
        worker.start()
        wait_until(lambda: 0 < _state(run).rows_compared < ROWS)
        assert run.state == "running"
        worker.kill()
        assert Person.objects.count() == before

        earlier = timezone.now() - timedelta(minutes=2)
        SyncRun.objects.filter(pk=run.pk).update(requested_at=earlier)
        assert take_up_runs() == 1
        worker.start()
        wait_until(lambda: _state(run).state == "finished")
        assert run.created == ROWS
        assert Person.objects.count() == before + ROWS
        assert SyncRun.objects.count() == 1
