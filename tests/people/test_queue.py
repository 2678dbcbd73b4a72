"""Runs that wait for a worker."""

from datetime import timedelta
from typing import Any

import pytest
from time_machine import Traveller

from tenants.companies.connections import beside
from tenants.companies.models import Company
from tenants.people import tasks
from tenants.people.actions import queue_sync, run_queued, take_up_runs
from tenants.people.actions.queue import CLAIM
from tenants.people.models import Person, SyncRun
from tenants.people.sync.packing import unpack
from tests.people.hris import Sync, row

Delayed = list[str]


@pytest.fixture
def delayed(monkeypatch: pytest.MonkeyPatch) -> Delayed:
    """The uids that were handed to the queue."""
    handed: Delayed = []
    monkeypatch.setattr(tasks.run_sync, "delay", handed.append)
    return handed


def queued(*rows: dict[str, Any], **options: Any) -> SyncRun:
    return queue_sync(rows=rows, source="api", origin="HRIS", **options)


def test_a_queued_run_waits_and_then_does_what_a_direct_one_does(
    acme: Company, delayed: Delayed, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        run = queued(row(1), row(2, email="nonsense"))
    assert (run.state, run.rows, delayed) == ("waiting", 2, [str(run.uid)])
    assert not Person.objects.exists()

    run_queued(str(run.uid))
    run.refresh_from_db()
    assert (run.state, run.created, run.failed, run.rows_compared) == ("finished", 1, 1, 2)
    assert [told["outcome"] for told in unpack(run.outcomes)] == ["created", "error"]
    assert run.problems[0]["field"] == "email"
    assert run.input is None
    assert run.started_at
    assert run.finished_at


def test_a_run_done_twice_is_done_once(acme: Company, delayed: Delayed) -> None:
    run = queued(row(1))
    run_queued(str(run.uid))
    Person.objects.update(job_title="Changed by hand since")
    run_queued(str(run.uid))
    assert Person.objects.get().job_title == "Changed by hand since"
    assert SyncRun.objects.count() == 1


def test_a_refused_run_says_why_and_writes_nothing(
    sync: Sync, acme: Company, delayed: Delayed
) -> None:
    sync(*(row(number) for number in range(10)))
    run = queued(row(0), mode=SyncRun.Mode.COMPLETE)
    run_queued(str(run.uid))
    run.refresh_from_db()
    assert run.state == "refused"
    assert "9 of 10 active people" in run.detail
    assert run.input is None
    assert not Person.objects.filter(employment_status="terminated").exists()


def test_a_queued_dry_run_foretells_and_writes_no_person(acme: Company, delayed: Delayed) -> None:
    run = queued(row(1), dry_run=True)
    run_queued(str(run.uid))
    run.refresh_from_db()
    assert (run.state, run.created) == ("finished", 1)
    assert not Person.objects.exists()


def test_a_run_that_breaks_is_failed_and_the_worker_hears_of_it(
    acme: Company, delayed: Delayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = queued(row(1))

    def break_down(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tenants.people.actions.syncing.write", break_down)
    with pytest.raises(ZeroDivisionError):
        run_queued(str(run.uid))
    run.refresh_from_db()
    assert (run.state, run.input) == ("failed", None)
    assert "nothing was written" in run.detail
    assert not Person.objects.exists()


def test_a_run_somebody_is_at_is_left_to_them(acme: Company, delayed: Delayed) -> None:
    run = queued(row(1))
    with beside() as somebody:
        somebody.execute(CLAIM, [str(run.uid)])
        run_queued(str(run.uid))
        run.refresh_from_db()
        assert run.state == "waiting"
    run_queued(str(run.uid))
    run.refresh_from_db()
    assert run.state == "finished"


def test_what_has_waited_for_a_minute_is_taken_up_again(
    acme: Company, delayed: Delayed, clock: Traveller
) -> None:
    run = queued(row(1))
    over = queued(row(2))
    run_queued(str(over.uid))
    assert take_up_runs() == 0
    clock.shift(timedelta(minutes=2))
    assert take_up_runs() == 1
    assert delayed == [str(run.uid)]
