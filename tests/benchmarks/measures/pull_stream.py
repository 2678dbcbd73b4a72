"""All learning records in one answer, as a warehouse loads them at first."""

import time
from collections.abc import Sequence
from statistics import median

import psutil

from tests.benchmarks.pulling import check_count, feed_of, workers_of
from tests.benchmarks.records import fill, seconds_to_copy
from tests.benchmarks.results import Result
from tests.benchmarks.stage import WORKERS, Stage

AT_LEAST = 0.6  # of the records a second that COPY gives
FLAT = 8.0  # MB that a web server may grow by while it sends fifty
LOADED = 0.1  # seconds of work
MB = 2**20


def measure(stage: Stage) -> Result:
    count = fill(stage)
    workers = workers_of(stage.port)
    fresh = [worker.cpu_times().user for worker in workers]
    for _ in range(20 * WORKERS):  # until each has loaded what it needs, which takes it a while
        _pull(stage, count, workers)
        if all(
            worker.cpu_times().user > was + LOADED
            for worker, was in zip(workers, fresh, strict=True)
        ):
            break
    before = [worker.memory_info().rss for worker in workers]
    ours, floors, most = [], [], before
    for _ in range(stage.rounds):
        seconds, peaks = _pull(stage, count, workers)
        ours.append(seconds)
        floors.append(seconds_to_copy(stage))
        most = [max(pair) for pair in zip(most, peaks, strict=True)]
    rate, floor = count / median(ours), count / median(floors)
    grown = max(peak - was for peak, was in zip(most, before, strict=True)) / MB
    return Result(
        name="pull-stream",
        what=f"{count:,} learning records as NDJSON; the web server grew by {grown:.1f} MB",
        ours=rate,
        floor=floor,
        unit="records/s",
        target=f"at least {AT_LEAST} × COPY, and within {FLAT:.0f} MB",
        met=rate >= AT_LEAST * floor and grown <= FLAT,
    )


def _pull(stage: Stage, count: int, workers: Sequence[psutil.Process]) -> tuple[float, list[int]]:
    """Seconds until the last byte, and the most memory of each web server meanwhile."""
    lines, peaks = 0, [0 for _ in workers]
    with feed_of(stage) as feed:
        began = time.perf_counter()
        for number, chunk in enumerate(feed.chunks()):
            lines += chunk.count(b"\n")
            if number % 8 == 0:
                sizes = [worker.memory_info().rss for worker in workers]
                peaks = [max(pair) for pair in zip(peaks, sizes, strict=True)]
        seconds = time.perf_counter() - began
    check_count(lines, count)
    return seconds, peaks
