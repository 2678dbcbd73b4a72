"""Who manages whom once a run is written: names and keys resolved, loops found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tenants.people.chart import loops
from tenants.people.sync.directory import Directory
from tenants.people.sync.drafts import Draft, problem
from tenants.people.sync.results import Problem
from tenants.people.sync.roster import Roster

Edge = tuple[int | None, str]
"""A person's manager, and the "key:value" of one we do not know yet."""


@dataclass(slots=True)
class Chart:
    """The edges a run sets, with a warning for each row whose manager is not known."""

    edges: dict[int, Edge] = field(default_factory=dict)
    warnings: list[tuple[Draft, Problem]] = field(default_factory=list)


def draw_chart(drafts: Sequence[Draft], roster: Roster) -> Chart | None:
    """The chart these rows make; None where rows had to be refused and it must be drawn anew."""
    accepted = [draft for draft in drafts if not draft.refused]
    directory = Directory(roster, accepted)
    chart = Chart()
    for draft in accepted:
        if draft.reference is not None:
            _resolve(draft, chart, directory)
    _resolve_awaited(chart, directory, roster)
    _refuse_loops(accepted, chart, directory, roster)
    return None if any(draft.refused for draft in accepted) else chart


def _resolve(draft: Draft, chart: Chart, directory: Directory) -> None:
    column, value = draft.reference or ("", "")
    if not column:
        chart.edges[draft.person] = (None, "")
        return
    key = column.removeprefix("manager_")
    found = directory.find(key, value)
    if found == {draft.person}:
        draft.refuse(column, value, f"is {draft.name}, and nobody manages themselves")
    elif len(found) == 1:
        chart.edges[draft.person] = (next(iter(found)), "")
    elif key == "uid":
        draft.refuse(column, value, "is nobody here")
    else:
        kept = draft.before["manager"] if draft.before["manager"] in found else None
        chart.edges[draft.person] = (kept, "" if kept else f"{key}:{value}")
        why = f"is the name of {len(found)} people" if found else "is nobody we know yet"
        told = problem(draft.line, column, value, why, refused=False)
        chart.warnings.append((draft, told))


def _resolve_awaited(chart: Chart, directory: Directory, roster: Roster) -> None:
    """Managers named in an earlier run who have appeared since; a loop keeps them waiting."""
    for person, state in roster.people.items():
        if state["awaited_manager"] and state["manager"] is None and person not in chart.edges:
            key, _, value = state["awaited_manager"].partition(":")
            found = directory.find(key, value)
            if len(found) == 1 and found != {person}:
                chart.edges[person] = (next(iter(found)), "")


def _refuse_loops(
    accepted: Sequence[Draft], chart: Chart, directory: Directory, roster: Roster
) -> None:
    before: dict[int, int | None] = {pk: state["manager"] for pk, state in roster.people.items()}
    after = {**before, **{person: manager for person, (manager, _) in chart.edges.items()}}
    moved = {person for person in chart.edges if after[person] != before.get(person)}
    if not moved:
        return
    drafts = {draft.person: draft for draft in accepted if draft.reference is not None}
    for loop in loops(after):
        members = loop[:-1]
        closing = [person for person in members if person in moved]
        if waited := [person for person in closing if person not in drafts]:
            for person in waited:
                del chart.edges[person]
            continue
        for person in closing:
            start = members.index(person)
            names = [directory.name(each) for each in (*members[start:], *members[: start + 1])]
            column, value = drafts[person].reference or ("", "")
            drafts[person].refuse(column, value, f"would close a loop: {' → '.join(names)}")
