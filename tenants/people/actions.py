"""Every write to people that is more than one field of one person."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from tenants.companies.context import current_company
from tenants.people.models import Person, SyncRun
from tenants.people.signals import PersonChange, people_changed
from tenants.people.sync.drafts import Draft
from tenants.people.sync.plans import plan, tell
from tenants.people.sync.results import Outcome, RowResult, SyncRefused, SyncResult
from tenants.people.sync.roster import Roster
from tenants.people.sync.storage import wait_for_other_runs, write

__all__ = ["Outcome", "SyncRefused", "SyncResult", "sync_people"]


def sync_people(
    *,
    rows: Iterable[Mapping[str, Any]],
    source: str,
    mode: SyncRun.Mode = SyncRun.Mode.PARTIAL,
    dry_run: bool = False,
    confirm: bool = False,
    actor: Person | None = None,
    today: date | None = None,
) -> SyncResult:
    """Bring people to what the rows say; the one door for SCIM, REST and CSV.

    A row maps Throughline's field names to raw values (text or JSON types), the manager by
    ``manager_external_id``, ``manager_employee_number``, ``manager_email`` or ``manager_name``, and
    optionally its ``line`` in the source. An absent field leaves what is stored, a blank one
    clears it; a row is stored whole or refused whole, and never stops another. `today` defaults
    to the company's.

    Sends ``people_changed`` and leaves a `SyncRun` in the same transaction; a dry run returns the
    same and writes nothing. Raises `SyncRefused` where ``complete`` rows miss too many people.
    The number of queries does not depend on the number of rows. Sessions of whoever has left
    end with their next request: the sign-in backend asks `Person.is_active`.
    """
    started_at = timezone.now()
    today = today or _today(started_at)
    with transaction.atomic():
        wait_for_other_runs()
        roster = Roster()
        drafts = plan(rows, roster, mode=mode, confirm=confirm, today=today)
        result = SyncResult(tell(drafts, roster), dry_run=dry_run)
        if not dry_run:
            changed = [draft for draft in drafts if draft.writes]
            write(changed, roster, started_at)
            _tell_uids(drafts, result.rows)
            if changed:
                changes = [_change(draft) for draft in changed]
                people_changed.send(sender=Person, changes=changes)
            result.run = _record(result, source, mode, actor, started_at)
    return result


def _today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(current_company().time_zone)).date()


def _tell_uids(drafts: Iterable[Draft], rows: Iterable[RowResult]) -> None:
    for draft, row in zip(drafts, rows, strict=True):
        row.uid = row.uid or draft.uid


def _change(draft: Draft) -> PersonChange:
    if draft.is_new:
        return PersonChange(draft.stored_as, created=True)
    moved = {name: (draft.before[name], after) for name, after in draft.changes.items()}
    return PersonChange(draft.stored_as, fields=moved)


def _record(
    result: SyncResult, source: str, mode: SyncRun.Mode, actor: Person | None, started_at: datetime
) -> SyncRun:
    counts = result.counts
    return SyncRun.objects.create(
        source=source,
        mode=mode,
        actor=actor,
        started_at=started_at,
        finished_at=timezone.now(),
        created=counts[Outcome.CREATED],
        updated=counts[Outcome.UPDATED],
        unchanged=counts[Outcome.UNCHANGED],
        deactivated=counts[Outcome.DEACTIVATED],
        failed=counts[Outcome.ERROR],
        problems=[problem.as_json() for problem in result.problems],
    )
