"""The one door through which people come in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from tenants.companies.context import current_company
from tenants.people.auditing import record_event
from tenants.people.models import Person, SyncRun
from tenants.people.signals import PersonChange, people_changed
from tenants.people.sync.drafts import Draft
from tenants.people.sync.few import roster_for
from tenants.people.sync.packing import pack, told
from tenants.people.sync.pauses import without_collection
from tenants.people.sync.plans import plan, tell
from tenants.people.sync.results import Outcome, RowResult, SyncResult
from tenants.people.sync.roster import Roster
from tenants.people.sync.storage import wait_for_other_runs, write

KEPT_PROBLEMS: Final = 10_000
"""With a run, of all its rows: as many as anybody looks at. `failed` counts the rows."""


def sync_people(
    *,
    rows: Iterable[Mapping[str, Any]],
    source: str,
    mode: SyncRun.Mode = SyncRun.Mode.PARTIAL,
    dry_run: bool = False,
    confirm: bool = False,
    actor: Person | None = None,
    today: date | None = None,
    origin: str = "",
    run: SyncRun | None = None,
) -> SyncResult:
    """Bring people to what the rows say; the one door for SCIM, REST and CSV.

    A row maps Throughline's field names to raw values (text or JSON types), the manager by one of
    `sync.rows.REFERENCES`, and optionally its ``line`` in the source; ``uid`` says whom it means
    whatever its keys. An absent field leaves what is stored, a blank one clears it; a row is stored
    whole or refused whole, and never stops another. `today` defaults to the company's. `origin` is
    the name of the file or token the rows came from. `run` is the one that waited for this, else a
    new one is left behind.

    Sends ``people_changed`` and leaves a `SyncRun` in the same transaction; a dry run returns the
    same and writes nothing. Raises `SyncRefused` where ``complete`` rows miss too many people.
    At most a dozen queries, whatever the number of rows; a few rows read only whom they touch.
    Sessions of whoever has left end with their next request: the sign-in backend asks
    `Person.is_active`.
    """
    started_at = timezone.now()
    today = today or current_company().day_of(started_at)
    # a savepoint costs two round trips: only what can be refused, or failed, as a whole needs one
    savepoint = run is not None or mode == SyncRun.Mode.COMPLETE
    with transaction.atomic(savepoint=savepoint), without_collection():
        wait_for_other_runs()
        roster, rows = roster_for(rows, mode)
        drafts = plan(rows, roster, mode=mode, confirm=confirm, today=today)
        result = SyncResult(tell(drafts, roster), dry_run=dry_run)
        if not dry_run:
            carry_out(drafts, roster, result, started_at)
        if run or not dry_run:
            run = run or SyncRun(
                source=source, origin=origin, mode=mode, actor=actor, requested_at=started_at
            )
            run.confirmed, run.started_at = confirm, started_at
            result.run = record(result, run)
    return result


def carry_out(drafts: Sequence[Draft], roster: Roster, result: SyncResult, now: datetime) -> None:
    """Write what is planned, put the uids of newcomers into the result, and tell who listens."""
    changed = [draft for draft in drafts if draft.writes]
    write(changed, roster, now)
    _tell_uids(drafts, result.rows)
    if changed:
        people_changed.send(sender=Person, changes=[_change(draft) for draft in changed])


def _tell_uids(drafts: Iterable[Draft], rows: Iterable[RowResult]) -> None:
    for draft, row in zip(drafts, rows, strict=True):
        row.uid = row.uid or draft.uid


def _change(draft: Draft) -> PersonChange:
    if draft.is_new:
        return PersonChange(draft.stored_as, created=True)
    moved = {name: (draft.before[name], after) for name, after in draft.changes.items()}
    return PersonChange(draft.person, fields=moved)


def record(result: SyncResult, run: SyncRun) -> SyncRun:
    """Keep what became of each row with the run that is over with it."""
    counts = result.counts
    run.state, run.finished_at = SyncRun.State.FINISHED, timezone.now()
    run.rows = run.rows_compared = sum(row.line is not None for row in result.rows)
    run.created, run.updated = counts[Outcome.CREATED], counts[Outcome.UPDATED]
    run.unchanged, run.deactivated = counts[Outcome.UNCHANGED], counts[Outcome.DEACTIVATED]
    run.failed = counts[Outcome.ERROR]
    run.problems = [problem.as_json() for problem in result.problems[:KEPT_PROBLEMS]]
    run.input, run.outcomes = None, pack(told(result.rows))
    run.save()
    _tell_of(run)
    return run


def _tell_of(run: SyncRun) -> None:
    """One row of the audit log for all that a run wrote."""
    if run.dry_run or not (run.created or run.updated or run.deactivated):
        return
    whence = f"{run.source} {run.origin}".strip()
    came = f"{run.created} new, {run.updated} changed, {run.deactivated} left"
    words = f"People from {whence}: {came}"
    record_event(action="import", words=words, actor=run.actor)
