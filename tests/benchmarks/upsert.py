"""The floor of a sync: the same rows by COPY and INSERT … ON CONFLICT, and nothing else."""

import time
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from tests.benchmarks.stage import Stage, everybody

COLUMNS = (
    "external_id",
    "employee_number",
    "email",
    "given_name",
    "family_name",
    "job_title",
    "location",
    "hired_on",
    "employment_status",
    "time_zone",
)
LISTED = ", ".join(COLUMNS)
STAGE = f"""
CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT {LISTED} FROM people_person WITH NO DATA
"""  # noqa: S608
COPY = f"COPY staged ({LISTED}) FROM STDIN"
UPSERT = f"""
INSERT INTO people_person ({LISTED}, uid, password, is_superuser, is_staff, created_at, updated_at,
    preferred_name, awaited_manager, locale, attributes)
SELECT {LISTED}, gen_random_uuid(), '!', false, false, now(), now(), '', '', '', '{{}}' FROM staged
ON CONFLICT (external_id) DO UPDATE
SET ({LISTED}, updated_at) = ({", ".join(f"excluded.{name}" for name in COLUMNS)}, now())
"""  # noqa: S608


def seconds_to_change_everybody(stage: Stage) -> float:
    """The median of several times, with the commit."""
    return median(_once(stage, everybody(stage.people, f"f{n}")) for n in range(stage.rounds))


def _once(stage: Stage, rows: Sequence[Mapping[str, Any]]) -> float:
    with stage.database() as connection:
        began = time.perf_counter()
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute(STAGE)
            with cursor.copy(COPY) as copy:
                for row in rows:
                    copy.write_row([row[name] for name in COLUMNS])
            cursor.execute(UPSERT)
        return time.perf_counter() - began
