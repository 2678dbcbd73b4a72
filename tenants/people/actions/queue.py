"""Runs that wait for a worker: long ones, and whoever does not want to wait for the answer."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tenants.companies.connections import beside
from tenants.people.actions.syncing import sync_people
from tenants.people.models import Person, SyncRun
from tenants.people.sync.packing import count, pack, unpack
from tenants.people.sync.results import SyncRefused

STRIDE = 500  # rows between two notes of how far a run has come
OUR_FAULT = "Something went wrong on our side; nothing was written."
PATIENCE = timedelta(minutes=1)
CLAIM = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
PROGRESS = "UPDATE people_syncrun SET rows_compared = %s WHERE id = %s"


def queue_sync(
    *,
    rows: Iterable[Mapping[str, Any]],
    source: str,
    mode: SyncRun.Mode = SyncRun.Mode.PARTIAL,
    dry_run: bool = False,
    confirm: bool = False,
    actor: Person | None = None,
    origin: str = "",
) -> SyncRun:
    """Keep the rows, and have a worker run `sync_people` on them; returns the run to watch."""
    from tenants.people.tasks import run_sync

    packed = pack(rows)
    run = SyncRun.objects.create(
        source=source,
        origin=origin,
        mode=mode,
        dry_run=dry_run,
        confirmed=confirm,
        actor=actor,
        requested_at=timezone.now(),
        rows=count(packed),
        input=packed,
    )
    transaction.on_commit(lambda: run_sync.delay(str(run.uid)))
    return run


def run_queued(uid: str) -> None:
    """Do what was queued, once: done again after a crash, a finished run stays as it is.

    A run that is refused or fails says so in its `detail`; nothing of it is written. While
    somebody else is at it, this returns at once.
    """
    with beside() as elsewhere:
        elsewhere.execute(CLAIM, [uid])  # held until the connection ends, as it does with a crash
        run = SyncRun.objects.select_related("actor").get(uid=uid)
        if elsewhere.fetchone()[0] and not run.is_over:
            _run(run, elsewhere)


def take_up_runs() -> int:
    """Queue again what has waited for a while: its message, or its worker, may be lost."""
    from tenants.people.tasks import run_sync

    unfinished = [SyncRun.State.WAITING, SyncRun.State.RUNNING]
    left = SyncRun.objects.filter(state__in=unfinished, requested_at__lt=timezone.now() - PATIENCE)
    for uid in (uids := list(left.values_list("uid", flat=True))):
        run_sync.delay(str(uid))
    return len(uids)


def _run(run: SyncRun, elsewhere: Any) -> None:
    SyncRun.objects.filter(pk=run.pk).update(
        state=SyncRun.State.RUNNING, started_at=timezone.now(), rows_compared=0
    )
    try:
        sync_people(
            rows=_watched(unpack(run.input), run, elsewhere),
            source=run.source,
            mode=SyncRun.Mode(run.mode),
            dry_run=run.dry_run,
            confirm=run.confirmed,
            actor=run.actor,
            run=run,
        )
    except SyncRefused as refusal:
        _give_up(run, SyncRun.State.REFUSED, str(refusal))
    except Exception:
        _give_up(run, SyncRun.State.FAILED, OUR_FAULT)
        raise


def _give_up(run: SyncRun, state: SyncRun.State, detail: str) -> None:
    SyncRun.objects.filter(pk=run.pk).update(
        state=state, detail=detail, finished_at=timezone.now(), input=None
    )


def _watched(rows: list[Any], run: SyncRun, elsewhere: Any) -> Iterator[Any]:
    """The rows, noting how far they have been read where others can see it meanwhile."""
    for position, row in enumerate(rows):
        if position % STRIDE == 0:
            elsewhere.execute(PROGRESS, [position, run.pk])
        yield row
