"""All of a run that can be known without writing it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tenants.people.models import SyncRun
from tenants.people.sync.absence import draft_absent
from tenants.people.sync.drafts import Draft
from tenants.people.sync.keys import refuse_taken
from tenants.people.sync.managers import Chart, draw_chart
from tenants.people.sync.matching import refuse_doubles
from tenants.people.sync.results import RowResult
from tenants.people.sync.roster import Roster, name_of
from tenants.people.sync.rows import read_row


def plan(
    rows: Iterable[Mapping[str, Any]],
    roster: Roster,
    *,
    mode: SyncRun.Mode,
    confirm: bool,
    today: date,
) -> list[Draft]:
    """A draft per row in their order, then those for people no row names. Costs no query."""
    drafts = [read_row(row, position, roster, today) for position, row in enumerate(rows, 1)]
    refuse_doubles(drafts, roster)
    chart = _settled_chart(drafts, roster)
    for draft, warning in chart.warnings:
        draft.problems.append(warning)
    if mode == SyncRun.Mode.COMPLETE:
        drafts += draft_absent(drafts, roster, confirm=confirm, today=today)
    return drafts + _set_managers(drafts, chart, roster)


def _settled_chart(drafts: list[Draft], roster: Roster) -> Chart:
    """Refuse rows until those left agree: each refusal can take a key or a manager from another.

    Ends because every round but the last refuses a row; ordinary input takes one round.
    """
    while True:
        refuse_taken(drafts, roster)
        if (chart := draw_chart(drafts, roster)) is not None:
            return chart


def _set_managers(drafts: list[Draft], chart: Chart, roster: Roster) -> list[Draft]:
    """Put the chart's edges into the drafts; returns drafts for people who had none."""
    by_person = {draft.person: draft for draft in drafts if not draft.refused}
    more: list[Draft] = []
    for person, edge in chart.edges.items():
        draft = by_person.get(person)
        before = draft.before if draft else roster.people[person]
        changes = {
            name: value
            for name, value in zip(("manager", "awaited_manager"), edge, strict=True)
            if value != before[name]
        }
        if draft:
            draft.changes.update(changes)
        elif changes:
            more.append(Draft(None, person, before, changes))
    return more


def tell(drafts: list[Draft], roster: Roster) -> list[RowResult]:
    """What becomes of each draft, with managers by name."""
    accepted = {draft.person: draft for draft in drafts if draft.writes}

    def shown(name: str, value: Any) -> Any:
        if name != "manager" or value is None:
            return value
        return accepted[value].name if value in accepted else name_of(roster.people[value])

    results = []
    for draft in drafts:
        changes: dict[str, tuple[Any, Any]] = {}
        if not draft.refused and not draft.is_new:
            changes = {
                name: (shown(name, draft.before[name]), shown(name, after))
                for name, after in draft.changes.items()
            }
        uid = roster.uids.get(draft.person)
        results.append(
            RowResult(draft.line, draft.outcome, draft.name, changes, draft.problems, uid)
        )
    return results
