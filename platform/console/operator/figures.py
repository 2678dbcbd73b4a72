"""Figures of companies: one statement over their schemas, so that a list costs what one costs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple
from uuid import UUID

from console.operator.schemas import union
from tenants.companies.connections import connection

AT_ONCE: Final = 100
"""Schemas in one statement: it locks each table and index, of which a server allows some 6,400."""

NEEDED: Final = (
    *(f"people_person.{name}" for name in ("employment_status", "manager_id")),
    *(
        f"people_syncrun.{name}"
        for name in (
            *("id", "dry_run", "source", "state", "detail", "requested_at", "finished_at"),
            *("rows", "created", "updated", "deactivated", "failed"),
        )
    ),
    *(f"reinforcement_brief.{name}" for name in ("id", "iso_year", "iso_week", "due_at", "state")),
    *(f"reinforcement_delivery.{name}" for name in ("id", "uid", "state", "brief_id")),
)
"""The columns that are read here, as ``table.column``."""

FIGURES: Final = """
SELECT {literal}, people.active, people.managers,
    sync.source, sync.state, sync.detail, coalesce(sync.finished_at, sync.requested_at),
    sync.rows, sync.created, sync.updated, sync.deactivated, sync.failed,
    week.iso_year, week.iso_week, week.written, week.skipped, week.missed, week.sent, week.failed,
    outbox.waiting, outbox.failed, outbox.oldest
FROM (
    SELECT count(*) AS active, count(DISTINCT manager_id) AS managers
    FROM {schema}.people_person WHERE employment_status IN ('active', 'leave')
) people
LEFT JOIN LATERAL (
    SELECT * FROM {schema}.people_syncrun WHERE NOT dry_run
    ORDER BY requested_at DESC, id DESC LIMIT 1
) sync ON true
LEFT JOIN LATERAL (
    SELECT brief.iso_year, brief.iso_week,
        count(*) FILTER (WHERE brief.state = 'written') AS written,
        count(*) FILTER (WHERE brief.state = 'skipped') AS skipped,
        count(*) FILTER (WHERE brief.state = 'missed') AS missed,
        count(*) FILTER (WHERE way.sent) AS sent,
        count(*) FILTER (WHERE way.failed AND NOT way.sent AND NOT way.waiting) AS failed
    FROM {schema}.reinforcement_brief brief
    LEFT JOIN LATERAL (
        SELECT bool_or(state = 'sent') AS sent, bool_or(state = 'failed') AS failed,
            bool_or(state IN ('waiting', 'sending')) AS waiting
        FROM {schema}.reinforcement_delivery WHERE brief_id = brief.id
    ) way ON true
    WHERE (brief.iso_year, brief.iso_week) = (
        SELECT iso_year, iso_week FROM {schema}.reinforcement_brief ORDER BY due_at DESC LIMIT 1
    )
    GROUP BY brief.iso_year, brief.iso_week
) week ON true
CROSS JOIN (
    SELECT count(*) FILTER (WHERE state IN ('waiting', 'sending')) AS waiting,
        count(*) FILTER (WHERE state = 'failed') AS failed,
        min(uid::text) FILTER (WHERE state IN ('waiting', 'sending')) AS oldest
    FROM {schema}.reinforcement_delivery
) outbox
"""


class Sync(NamedTuple):
    """The last run that wrote: from where, how it ended, when, and how many people it touched."""

    source: str
    state: str
    detail: str
    at: datetime
    rows: int
    created: int
    updated: int
    deactivated: int
    failed: int

    @property
    def went_well(self) -> bool:
        return self.state == "finished" and not self.failed

    @property
    def is_on(self) -> bool:
        return self.state in ("waiting", "running")


class Week(NamedTuple):
    """The latest ISO week with briefs: managers by what became of it; sent by whichever channel."""

    year: int
    number: int
    written: int
    skipped: int
    missed: int
    sent: int
    failed: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


class Figures(NamedTuple):
    """`people` are at work or on leave; `managers` lead at least one of them."""

    people: int
    managers: int
    sync: Sync | None
    week: Week | None
    waiting: int
    failed: int
    oldest: datetime | None
    """When the oldest message that still waits was written."""


def figures_of(schemas: Sequence[str]) -> dict[str, Figures]:
    """By schema, each of which has the columns `NEEDED`. One query for each `AT_ONCE` schemas."""
    found: dict[str, Figures] = {}
    for start in range(0, len(schemas), AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(union(FIGURES, schemas[start : start + AT_ONCE]))
            found |= {row[0]: _figures(row[1:]) for row in cursor.fetchall()}
    return found


def _figures(row: tuple[object, ...]) -> Figures:
    people, managers, *rest = row
    sync, week, (waiting, failed, oldest) = rest[:9], rest[9:16], rest[16:]
    return Figures(
        people,  # type: ignore[arg-type]
        managers,  # type: ignore[arg-type]
        Sync(*sync) if sync[0] is not None else None,  # type: ignore[arg-type]
        Week(*week) if week[0] is not None else None,  # type: ignore[arg-type]
        waiting,  # type: ignore[arg-type]
        failed,  # type: ignore[arg-type]
        _written_at(UUID(str(oldest))) if oldest else None,
    )


def _written_at(uid: UUID) -> datetime:
    """The first 48 bits of a UUIDv7 are milliseconds since 1970 (RFC 9562, section 5.7)."""
    return datetime.fromtimestamp((uid.int >> 80) / 1000, tz=UTC)
