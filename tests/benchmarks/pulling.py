"""A client that reads the feed, and takes little of the processor it shares with the server."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from tests.benchmarks.stage import Stage

FEED = "/api/v1/learning-records"
NDJSON = "application/x-ndjson"
CHUNK = 1 << 20


class Feed:
    """One connection that is kept alive."""

    def __init__(self, stage: Stage, port: int) -> None:
        self._headers = stage.headers
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def get(self, path: str) -> bytes:
        """The whole body; raises `RuntimeError` where it is not 200."""
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}: {body[:500]!r}")
        return body

    def chunks(self) -> Iterator[bytes]:
        """The stream of everything, as it comes in."""
        headers = {**self._headers, "Accept": NDJSON}
        self._connection.request("GET", FEED, headers=headers)
        answer = self._connection.getresponse()
        while chunk := answer.read(CHUNK):
            yield chunk

    def close(self) -> None:
        self._connection.close()


@contextmanager
def feed_of(stage: Stage, port: int | None = None) -> Iterator[Feed]:
    feed = Feed(stage, port or stage.port)
    try:
        yield feed
    finally:
        feed.close()


def workers_of(port: int) -> list[psutil.Process]:
    """The processes that answer at that port, which were started from here."""
    bound = f"--bind=127.0.0.1:{port}"
    started = psutil.Process().children(recursive=True)
    return [one for one in started if bound in one.cmdline() and not one.children()]


def check_count(count: int, expected: int) -> None:
    """Raises `RuntimeError` where records are missing."""
    if count != expected:
        raise RuntimeError(f"{count:,} records came, not {expected:,}.")
