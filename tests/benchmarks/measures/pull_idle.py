"""A poll that finds nothing new, beside an answer of the same server that does nothing."""

import json
import time
from statistics import median

from tests.benchmarks.pulling import FEED, Feed, feed_of
from tests.benchmarks.records import fill
from tests.benchmarks.results import Result
from tests.benchmarks.stage import Stage

TIMES = 1.5
ASKED = 150  # times in a round


def measure(stage: Stage) -> Result:
    count = fill(stage)
    with stage.serving("tests.benchmarks.selecting") as port, feed_of(stage) as ours:
        address = f"{FEED}?after={_end(ours)}"
        with feed_of(stage, port) as floor:
            for _ in range(ASKED // 4):
                _seconds(ours, address), _seconds(floor, "/api/v1/select")
            turns = [
                (_seconds(ours, address), _seconds(floor, "/api/v1/select"))
                for _ in range(ASKED * stage.rounds)
            ]
    polled, selected = (median(seconds) * 1000 for seconds in zip(*turns, strict=True))
    return Result(
        name="pull-idle",
        what=f"a poll with nothing new, {count:,} records in store",
        ours=polled,
        floor=selected,
        unit="ms",
        target=f"within {TIMES} × SELECT 1 by the same API",
        met=polled <= TIMES * selected,
    )


def _end(feed: Feed) -> str:
    after, more = "", True
    while more:
        page = json.loads(feed.get(f"{FEED}?limit=1000{after}"))
        after, more = f"&after={page['next']}", page["more"]
    return after.removeprefix("&after=")


def _seconds(feed: Feed, path: str) -> float:
    began = time.perf_counter()
    feed.get(path)
    return time.perf_counter() - began
