"""What runs of the HRIS and uploaded files still hold of somebody: rows, compressed."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tenants.people.erasing.contributions import Erasing
from tenants.people.erasing.identities import ERASED, KEYS, NAMES, Identity
from tenants.people.models import PeopleFile, Person, SyncRun
from tenants.people.sync.packing import pack, texts, unpack
from tenants.people.sync.rows import REFERENCES

A_BATCH: Final = 20
"""Rows that are read, or written, at once: each may hold megabytes."""


def known_from_runs(person: Person) -> Iterator[tuple[str, str]]:
    """What runs changed their names and keys from, and to. One query per `A_BATCH` runs."""
    uid = str(person.uid)
    kept = SyncRun.objects.exclude(outcomes=None).only("outcomes")
    for run in kept.iterator(chunk_size=A_BATCH):
        for text in texts(run.outcomes):
            if uid in text and (row := json.loads(text))["uid"] == uid:
                for name in (*KEYS, *NAMES):
                    moved = row["changes"].get(name) or {}
                    yield from ((name, str(moved[side] or "")) for side in ("from", "to") if moved)


def scrub_runs(erasing: Erasing) -> None:
    """Out of what became of rows, and of rows that wait. Two queries per `A_BATCH` runs."""
    identity, changed = erasing.identity, []
    runs = SyncRun.objects.only("input", "outcomes", "problems", "rows")
    for run in runs.iterator(chunk_size=A_BATCH):
        before = (run.input, run.outcomes, run.problems)
        if run.input is not None:
            _scrub_input(run, identity)
        if run.outcomes is not None:
            _scrub_outcomes(run, identity)
        run.problems = identity.scrubbed_value(run.problems)
        if before != (run.input, run.outcomes, run.problems):
            changed.append(run)
        if len(changed) == A_BATCH:
            _store(changed)
            changed = []
    _store(changed)


def scrub_files(erasing: Erasing) -> None:
    """Their lines go out of uploaded files; other lines lose their names and keys."""
    identity, changed = erasing.identity, []
    for file in PeopleFile.objects.exclude(content=None).iterator(chunk_size=A_BATCH):
        head, *lines = unpack(file.content)
        kept = [_line(each, file.fields, identity) for each in lines]
        left = [each for each in kept if each is not None]
        if left != lines:
            file.content = pack([identity.scrubbed_value(head), *left])
            changed.append(file)
    PeopleFile.objects.bulk_update(changed, ["content"], batch_size=A_BATCH)


def _store(runs: list[SyncRun]) -> None:
    if runs:
        SyncRun.objects.bulk_update(runs, ["input", "outcomes", "problems", "rows"])


def _scrub_input(run: SyncRun, identity: Identity) -> None:
    """Whoever waits in it would come back with it."""
    rows = unpack(run.input)
    left = [_row(row, identity) for row in rows if not _is_theirs(row, identity)]
    if left != rows:
        run.input, run.rows = pack(left), len(left)


def _scrub_outcomes(run: SyncRun, identity: Identity) -> None:
    lines, theirs = texts(run.outcomes), set()
    changed: dict[int, Any] = {}
    for position, text in enumerate(lines):
        if not identity.finds(text) and not _may_hold_short_key(text, identity):
            continue
        row = json.loads(text)
        if row["uid"] == identity.uid or _names_them(row, identity):
            theirs.add(row["line"])
            row |= {"uid": None, "name": ERASED, "changes": {}, "problems": []}
        changed[position] = identity.scrubbed_value(row)
    if changed:
        run.outcomes = pack(changed.get(at) or json.loads(text) for at, text in enumerate(lines))
    if theirs:
        run.problems = [
            {**each, "value": ERASED, "message": ERASED} if each["line"] in theirs else each
            for each in run.problems
        ]


def _may_hold_short_key(text: str, identity: Identity) -> bool:
    return any(json.dumps(key, ensure_ascii=False) in text for key in identity.keys)


def _names_them(row: Mapping[str, Any], identity: Identity) -> bool:
    """Whether a row that found nobody was about them: by its name, or by a key it gave."""
    if row["uid"] is not None:
        return False
    given = [row["changes"].get(key, {}).get("to") for key in KEYS]
    wrong = [each["value"] for each in row["problems"] if each["field"] in KEYS]
    return identity.is_named_by(row["name"]) or any(
        identity.is_keyed_by(value) for value in (*given, *wrong) if value
    )


def _is_theirs(row: object, identity: Identity) -> bool:
    if not isinstance(row, Mapping):
        return False
    return any(row.get(key) and identity.is_keyed_by(row[key]) for key in (*KEYS, "uid"))


def _row(row: Any, identity: Identity) -> Any:
    if not isinstance(row, Mapping):
        return identity.scrubbed_value(row)
    return {
        name: "" if name in REFERENCES and identity.is_named_by(value) else value
        for name, value in identity.scrubbed_value(dict(row)).items()
    } | {name: "" for name in REFERENCES if row.get(name) and identity.is_named_by(row[name])}


def _line(line: dict[str, Any], fields: list[str], identity: Identity) -> dict[str, Any] | None:
    """The line without them; None where it is theirs."""
    cells = [*line["cells"]]
    named = dict(zip(fields, cells, strict=False))
    sure = any(len(str(cell)) > 4 and identity.is_keyed_by(cell) for cell in cells)
    if _is_theirs(named, identity) or (sure and not fields):
        return None
    kept = [
        "" if field in REFERENCES and identity.is_named_by(cell) else identity.scrubbed_value(cell)
        for cell, field in zip(cells, [*fields, *[""] * len(cells)], strict=False)
    ]
    return {**line, "cells": kept}
