"""What runs did to one person, out of what is kept beside them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tenants.people.models import Person, SyncRun
from tenants.people.sync.packing import texts

RUNS: Final = 400
BYTES: Final = 4_000_000
"""Packed; reading that much takes some 0.3 seconds."""


def runs_about(person: Person) -> Iterator[tuple[SyncRun, Mapping[str, Any]]]:
    """The latest first: each run that changed them, and its row (see `RowResult.as_json`).

    Looked through are the last `RUNS` that changed anybody, and of those what was packed into
    `BYTES`. One query.
    """
    uid, left = str(person.uid), BYTES
    runs = SyncRun.objects.filter(dry_run=False, outcomes__isnull=False).only(
        "source", "origin", "requested_at", "outcomes"
    )
    for run in runs[:RUNS].iterator(chunk_size=20):
        left -= len(run.outcomes or b"")
        if left < 0:
            return
        for text in texts(run.outcomes):
            if uid in text and (row := json.loads(text))["uid"] == uid:
                yield run, row
