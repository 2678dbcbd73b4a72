"""The rows of what can be downloaded of a run."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from tenants.people.admin.outcomes import position_of
from tenants.people.admin.wording import label_of, message_of
from tenants.people.exports import Table

Told = Mapping[str, Any]


def refused_rows(
    table: Table, fields: Sequence[str], outcomes: Iterable[Told]
) -> Iterable[list[object]]:
    """The refused lines as they were, with what was wrong: to be put right and uploaded again."""
    told = {told["line"]: told["problems"] for told in outcomes if told["outcome"] == "error"}
    width = len(table.headings)
    yield ["Line", *table.headings, "Wrong column", "What is wrong"]
    for line, cells in table.lines:
        if line not in told:
            continue
        refused = [problem for problem in told[line] if problem["refused"]]
        positions = [position_of(problem["field"], fields) for problem in refused]
        wrong = [table.headings[position] for position in positions if position is not None]
        padded = [*cells[:width], *[""] * (width - len(cells))]
        yield [line, *padded, "; ".join(wrong), " ".join(map(message_of, refused))]


def problems_of(outcomes: Iterable[Told]) -> Iterable[list[object]]:
    yield ["Line", "Name", "Outcome", "Field", "Value", "What is wrong"]
    for told in outcomes:
        for problem in told["problems"]:
            kind = "refused" if problem["refused"] else "warning"
            about = (label_of(problem["field"]), problem["value"], message_of(problem))
            yield [told["line"] or "", told["name"], kind, *about]


def named_after(name: str, what: str) -> str:
    return f"{PurePath(name).stem or 'people'}-{what}.csv"
