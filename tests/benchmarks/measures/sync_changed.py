"""Everybody changed, pushed through the API."""

from statistics import median

from tests.benchmarks.results import Result
from tests.benchmarks.stage import Stage, everybody
from tests.benchmarks.upsert import seconds_to_change_everybody

TIMES = 3


def measure(stage: Stage) -> Result:
    stage.fill()
    push(stage, "first, which warms up", "updated")
    ours = median(push(stage, f"round {number}", "updated") for number in range(stage.rounds))
    floor = seconds_to_change_everybody(stage)
    return Result(
        name="sync-changed",
        what=f"{stage.people:,} people, all changed, POST /api/v1/people-syncs",
        ours=ours,
        floor=floor,
        unit="s",
        target=f"within {TIMES} × the time",
        met=ours <= TIMES * floor,
    )


def push(stage: Stage, version: str, outcome: str) -> float:
    """Seconds until the answer to everybody's row, which has to be this outcome for all."""
    rows = everybody(stage.people, version)
    seconds, told = stage.post("/api/v1/people-syncs", {"rows": rows, "mode": "partial"})
    if told["counts"][outcome] != stage.people:
        raise RuntimeError(f"Not all rows were {outcome}: {told['counts']}")
    return seconds
