"""Which column is which field: proposed here, decided by a person, remembered by the company."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tenants.people.exports.headings import FIELDS, claims, plain
from tenants.people.exports.managers import KINDS, kind_of_manager
from tenants.people.exports.tables import Table
from tenants.people.exports.vocabulary import MANAGER_ID

SAMPLES = 3
LONG = 100  # characters of a name that are looked at
NAME = re.compile(r"[^\W\d_]+[^\d@]*[\s,][^\d@]*")  # two words and no digit


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file, the field it is read as ("" for none) and up to three of its values."""

    heading: str
    field: str
    samples: list[str]


@dataclass(slots=True)
class Assignment:
    """The field of each column, and the columns that lost against one that says the same."""

    fields: list[str]
    clashes: list[tuple[str, int, int]] = field(default_factory=list)


def propose(table: Table, remembered: Mapping[str, str] | None = None) -> list[Column]:
    """What each column seems to be. Where two say the same, the better or first one gets it.

    `remembered` is what this company chose before, `plain` heading to field ("" for: do not
    read); it wins over recognition. Never raises.
    """
    fields = assign(table, remembered or {}).fields
    return [
        Column(heading, chosen, _samples(table, position))
        for position, (heading, chosen) in enumerate(zip(table.headings, fields, strict=True))
    ]


def assign(table: Table, remembered: Mapping[str, str]) -> Assignment:
    fields: list[str | None] = [None] * len(table.headings)
    taken: dict[str, tuple[int, int]] = {}
    for position, heading in enumerate(table.headings):
        chosen = remembered.get(plain(heading))
        if chosen == "" or chosen in taken:
            fields[position] = ""
        elif chosen in FIELDS:
            fields[position] = chosen
            taken[chosen] = (-1, position)
    open_columns = [position for position, chosen in enumerate(fields) if chosen is None]
    lost: list[tuple[int, int, str]] = []
    for rank, position, name in sorted(_claims(table, open_columns)):
        if fields[position]:
            continue
        if name in taken:
            lost.append((rank, position, name))
        elif not (name == "full_name" and "given_name" in taken):
            fields[position] = name
            taken[name] = (rank, position)
    _, preferred = taken.get("preferred_name", (0, -1))
    if preferred in open_columns and not {"given_name", "full_name"} & taken.keys():
        fields[preferred], taken["given_name"] = "given_name", taken.pop("preferred_name")
    _settle_managers(table, fields, taken, set(open_columns))
    return Assignment(
        [name or "" for name in fields],
        [
            (name, taken[name][1], position)
            for rank, position, name in lost
            if not fields[position] and taken.get(name, (-1, 0))[0] == rank
        ],
    )


def _claims(table: Table, positions: Sequence[int]) -> list[tuple[int, int, str]]:
    found = []
    for position in positions:
        for rank, name in claims(table.headings[position]):
            if name == "employee_number" and _holds_names(table, position):
                name = "full_name"  # "Employee" heads either
            found.append((rank, position, name))
    return found


def _settle_managers(
    table: Table,
    fields: list[str | None],
    taken: dict[str, tuple[int, int]],
    open_columns: set[int],
) -> None:
    """Let the values decide what the columns that name a manager hold."""
    own = {key: _values(table, taken[key][1]) for key in KINDS.values() if key in taken}
    for name in (*KINDS, "manager_name", MANAGER_ID):
        if name not in taken or taken[name][1] not in open_columns:
            continue
        rank, position = taken[name]
        kind = kind_of_manager(name, _values(table, position), own)
        if kind == name:
            continue
        del taken[name]
        fields[position] = ""
        if kind and kind not in taken:
            fields[position], taken[kind] = kind, (rank, position)


def _values(table: Table, position: int) -> list[str]:
    return [cells[position] for _, cells in table.lines if position < len(cells)]


def _holds_names(table: Table, position: int) -> bool:
    samples = _samples(table, position)
    return bool(samples) and all(NAME.fullmatch(sample[:LONG]) for sample in samples)


def _samples(table: Table, position: int) -> list[str]:
    distinct: dict[str, None] = {}
    for _, cells in table.lines:
        if position < len(cells) and cells[position]:
            distinct[cells[position]] = None
        if len(distinct) == SAMPLES:
            break
    return list(islice(distinct, SAMPLES))
