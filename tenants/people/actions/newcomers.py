"""Somebody new who changes nobody else: the one kind of run of which many go on at once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from tenants.companies.context import current_company
from tenants.people.actions.syncing import carry_out, record
from tenants.people.models import Department, Person, SyncRun
from tenants.people.sync.drafts import Draft
from tenants.people.sync.few import read_few
from tenants.people.sync.plans import plan, tell
from tenants.people.sync.results import SyncResult
from tenants.people.sync.roster import Roster
from tenants.people.sync.storage import wait_for_other_runs

MODE = SyncRun.Mode.PARTIAL


class NotAlone(Exception):
    """The row is refused, means somebody who is there, or has to do with others."""


def bring_newcomer(
    *,
    row: Mapping[str, Any],
    source: str,
    origin: str = "",
    unless: Callable[[], object] = lambda: None,
) -> Person:
    """Do as `sync_people` would with a row that is somebody new, whose manager is there if they
    have one, and for whom nobody waits.

    Waits for other runs, not for others of this kind: none can close a loop, or be the manager
    whom another misses, and unique indexes see to the keys. Raises `NotAlone` for every other row,
    and where another run was first: let the transaction end with it, then ask `sync_people`.
    So it does where `unless`, asked when other runs can no longer change what it looks at, says so.
    Four queries for most, besides what listeners ask. Of department and manager, the person who
    is returned has the names.
    """
    now = timezone.now()
    wait_for_other_runs(but_newcomers=True)
    if unless():
        raise NotAlone
    roster = read_few([row])
    drafts = plan([row], roster, mode=MODE, confirm=False, today=current_company().day_of(now))
    draft = drafts[0]
    if len(drafts) > 1 or not draft.is_new or draft.problems:
        raise NotAlone
    result = SyncResult(tell(drafts, roster))
    try:
        carry_out(drafts, roster, result, now)
    except IntegrityError as error:
        raise NotAlone from error
    run = SyncRun(source=source, origin=origin, mode=MODE, requested_at=now, started_at=now)
    record(result, run)
    return _stored(draft, roster, now)


def _stored(draft: Draft, roster: Roster, now: datetime) -> Person:
    state = {**draft.before, **draft.changes, "uid": draft.uid}
    department, manager = state.pop("department"), state.pop("manager")
    person = Person(pk=draft.stored_as, created_at=now, updated_at=now, **state)
    if department:
        person.department = Department(name=department)
    if manager:
        named = ("given_name", "family_name", "preferred_name")
        names = {name: roster.people[manager][name] for name in named}
        person.manager = Person(pk=manager, uid=roster.uids[manager], **names)
    return person
