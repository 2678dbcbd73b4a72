"""The same people pushed again."""

from statistics import median

from tests.benchmarks.measures.sync_changed import push
from tests.benchmarks.results import Result
from tests.benchmarks.stage import Stage
from tests.benchmarks.upsert import seconds_to_change_everybody


def measure(stage: Stage) -> Result:
    stage.fill()
    floor = seconds_to_change_everybody(stage)
    push(stage, "same", "updated")
    ours = median(push(stage, "same", "unchanged") for _ in range(stage.rounds))
    return Result(
        name="sync-unchanged",
        what=f"the same {stage.people:,} people again",
        ours=ours,
        floor=floor,
        unit="s",
        target="less than changing all of them costs at least",
        met=ours < floor,
    )
