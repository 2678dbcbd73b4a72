"""A file of people on its way in: kept, read as its columns were chosen, imported, forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tenants.people.actions.queue import queue_sync
from tenants.people.actions.syncing import sync_people
from tenants.people.exports import ExportError, plain, read_rows, read_table
from tenants.people.exports.names import Row
from tenants.people.kept_tables import kept_table, pack_table
from tenants.people.models import ColumnChoice, PeopleFile, Person, SyncRun
from tenants.people.sync.packing import unpack
from tenants.people.sync.results import Outcome, SyncRefused

AT_ONCE = 2_000  # rows; a worker compares more, and the page shows how far it has come
KEPT = timedelta(days=7)
SOURCE = "file"
NOT_DONE = (SyncRun.State.REFUSED, SyncRun.State.FAILED)


def keep_file(*, name: str, content: bytes, mode: SyncRun.Mode, actor: Person) -> PeopleFile:
    """Read a CSV or XLSX file and keep its cells until they are imported, at most `KEPT`.

    Raises `ExportError`.
    """
    packed = pack_table(read_table(content))
    return PeopleFile.objects.create(name=name, content=packed, mode=mode, uploaded_by=actor)


@transaction.atomic
def preview_file(*, file: PeopleFile, fields: Sequence[str], actor: Person) -> SyncRun:
    """Rehearse the import with each column read as the field named for it, "" for not at all.

    The company's choice is remembered by heading. Up to `AT_ONCE` rows are compared here, more by
    a worker. A rehearsal that would have been refused for the people missing from it is done as
    if confirmed, and keeps the refusal as its `detail`: whoever decides wants to see who leaves.
    Raises `ExportError`.
    """
    file = _locked(file)
    if file.run and file.run.state not in NOT_DONE:
        raise ExportError("This file has been imported already.")
    table = kept_table(file.content)
    export = read_rows(table, fields)
    _remember(table.headings, fields)
    superseded = file.preview
    file.content, file.fields = pack_table(table, export.notes), list(fields)
    file.preview = _rehearse(file, export.rows, actor)
    file.save(update_fields=["content", "fields", "preview"])
    if superseded and superseded.is_over:
        superseded.delete()
    return file.preview


@transaction.atomic
def import_file(*, file: PeopleFile, actor: Person, confirm: bool = False) -> SyncRun:
    """Queue the import, once: whoever asks again gets the run there is, unless that one failed.

    Raises `ExportError`.
    """
    file = _locked(file)
    if file.run and file.run.state not in NOT_DONE:
        return file.run
    rows = read_rows(kept_table(file.content), file.fields).rows
    file.run = queue_sync(rows=rows, confirm=confirm, **_about(file, actor))
    file.save(update_fields=["run"])
    return file.run


def follow_up(uid: str) -> None:
    """What the end of a run means for the file it came from. Harmless when done again.

    Of an imported file only the refused rows stay, without the columns that were not read. A
    refused rehearsal is done again as if confirmed.
    """
    run = SyncRun.objects.defer("input", "outcomes", "problems").get(uid=uid)
    if file := PeopleFile.objects.filter(run=run, run__state=SyncRun.State.FINISHED).first():
        _keep_refused_rows(file, run)
    elif run.state == SyncRun.State.REFUSED and (
        file := PeopleFile.objects.filter(preview=run).exclude(content=None).first()
    ):
        _rehearse_confirmed(file, run)


def forget_file(*, file: PeopleFile) -> None:
    """Let go of a file that is not wanted any more, and of its rehearsal."""
    if file.preview and file.preview.is_over:
        file.preview.delete()
    if file.run:
        PeopleFile.objects.filter(pk=file.pk).update(content=None)
    else:
        file.delete()


def forget_old_files(now: datetime | None = None) -> int:
    """Forget what was uploaded longer ago than `KEPT`; returns how many files that were."""
    since = (now or timezone.now()) - KEPT
    rehearsals = SyncRun.objects.filter(source=SOURCE, dry_run=True, requested_at__lt=since)
    rehearsals.delete()
    old = PeopleFile.objects.filter(uploaded_at__lt=since, content__isnull=False)
    return old.update(content=None)


def _locked(file: PeopleFile) -> PeopleFile:
    return PeopleFile.objects.select_for_update().get(pk=file.pk)


def _about(file: PeopleFile, actor: Person | None) -> dict[str, Any]:
    return {
        "source": SOURCE,
        "origin": file.name,
        "mode": SyncRun.Mode(file.mode),
        "actor": actor,
    }


def _remember(headings: Sequence[str], fields: Sequence[str]) -> None:
    """Of two columns with one heading, the one that is read."""
    limit = ColumnChoice._meta.get_field("heading").max_length or 0
    chosen: dict[str, str] = {}
    for heading, field in zip(map(plain, headings), fields, strict=True):
        if 0 < len(heading) <= limit:
            chosen[heading] = chosen.get(heading) or field
    ColumnChoice.objects.bulk_create(
        [ColumnChoice(heading=heading, field=field) for heading, field in chosen.items()],
        update_conflicts=True,
        unique_fields=["heading"],
        update_fields=["field"],
    )


def _rehearse(file: PeopleFile, rows: Sequence[Row], actor: Person) -> SyncRun:
    about = _about(file, actor)
    busy = SyncRun.objects.filter(state=SyncRun.State.RUNNING).exists()  # we would wait for it
    if busy or len(rows) > AT_ONCE:
        return queue_sync(rows=rows, dry_run=True, **about)
    run = SyncRun.objects.create(dry_run=True, **about)
    try:
        sync_people(rows=rows, dry_run=True, run=run, **about)
    except SyncRefused as refusal:
        run.detail = str(refusal)
        sync_people(rows=rows, dry_run=True, confirm=True, run=run, **about)
    return run


@transaction.atomic
def _rehearse_confirmed(file: PeopleFile, refused: SyncRun) -> None:
    rows = read_rows(kept_table(file.content), file.fields).rows
    about = _about(file, refused.actor)
    file.preview = queue_sync(rows=rows, dry_run=True, confirm=True, **about)
    SyncRun.objects.filter(pk=file.preview.pk).update(detail=refused.detail)
    file.save(update_fields=["preview"])
    refused.delete()


@transaction.atomic
def _keep_refused_rows(file: PeopleFile, run: SyncRun) -> None:
    if file.content is not None:
        refused = {
            told["line"] for told in unpack(run.outcomes) if told["outcome"] == Outcome.ERROR
        }
        table = kept_table(file.content)
        lines = [
            (line, [cell if read else "" for cell, read in _paired(cells, file.fields)])
            for line, cells in table.lines
            if line in refused
        ]
        file.content = pack_table(replace(table, lines=lines)) if lines else None
    rehearsal, file.preview = file.preview, None
    file.save(update_fields=["content", "preview"])
    if rehearsal:
        rehearsal.delete()


def _paired(cells: Sequence[str], fields: Sequence[str]) -> list[tuple[str, str]]:
    """Each cell with the field it is read as. What stands beyond the last heading is refused for
    standing there, and stays."""
    return list(zip(cells, [*fields, *["beyond"] * len(cells)], strict=False))
