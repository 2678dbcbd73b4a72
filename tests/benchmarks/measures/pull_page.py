"""All learning records in pages, one request each."""

import re
import time
from statistics import median

from tests.benchmarks.pulling import FEED, check_count, feed_of
from tests.benchmarks.records import fill, seconds_to_copy
from tests.benchmarks.results import Result
from tests.benchmarks.stage import Stage

AT_LEAST = 0.5  # of the records a second that COPY gives
PAGE = 1000
END = re.compile(rb'"next":"([^"]+)","more":(true|false)}$')
RECORD = b'"occurred_at": "'


def measure(stage: Stage) -> Result:
    count = fill(stage)
    _pull(stage, count)
    ours, floors = [], []
    for _ in range(stage.rounds):
        ours.append(_pull(stage, count))
        floors.append(seconds_to_copy(stage))
    rate, floor = count / median(ours), count / median(floors)
    return Result(
        name="pull-page",
        what=f"{count:,} learning records in pages of {PAGE:,}",
        ours=rate,
        floor=floor,
        unit="records/s",
        target=f"at least {AT_LEAST} × COPY",
        met=rate >= AT_LEAST * floor,
    )


def _pull(stage: Stage, count: int) -> float:
    """Seconds until all pages are there, and it is read where each goes on.

    That nothing is missing is counted beside the clock, as at the floor.
    """
    found, seconds, after, more = 0, 0.0, "", True
    with feed_of(stage) as feed:
        while more:
            began = time.perf_counter()
            page = feed.get(f"{FEED}?limit={PAGE}{after}")
            end = END.search(page, len(page) - 200)
            seconds += time.perf_counter() - began
            if end is None:
                raise RuntimeError(f"A page ends with {page[-200:]!r}.")
            found += page.count(RECORD)
            after, more = f"&after={end[1].decode()}", end[2] == b"true"
    check_count(found, count)
    return seconds
