"""A reader who polls misses nothing, however late its transaction commits."""

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from django.test import Client
from pytest_django.fixtures import Settings

from tenants.companies.models import Company
from tests.api.asking import FEED, Visit, ask
from tests.api.commits import Outside, insert_records, wait_until_shown
from tests.api.streaming import next_of, read, stream

WRITERS = 8
SECONDS = float(os.environ.get("LATE_COMMITS_SECONDS", "3"))


def test_record_that_commits_late_is_not_skipped(
    outside: Outside, committed_token: str, acme: Company, visit: Visit
) -> None:
    client, slow, fast = visit(acme), outside(), outside()
    wait_until_shown(fast)
    late = insert_records(slow, 1)
    early = insert_records(fast, 1)
    fast.commit()

    first = ask(client, FEED, committed_token).json()
    assert first["records"] == []
    slow.commit()
    wait_until_shown(fast)

    second = ask(client, FEED, committed_token, data={"after": first["next"]}).json()
    assert [record["uid"] for record in second["records"]] == late + early


def test_polling_readers_miss_nothing_of_many_writers(
    outside: Outside, committed_token: str, acme: Company, visit: Any, settings: Settings
) -> None:
    settings.API_LIMITS = {**settings.API_LIMITS, "token": 1_000_000}
    client = visit(acme)
    written: list[tuple[str, str]] = []
    readers: list[Pages | Stream] = [
        Pages(),
        Pages(kind="first_win"),
        Stream(),
        Stream(kind="first_win"),
    ]
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [
            pool.submit(write_slowly, outside(), written, seed, until) for seed in range(WRITERS)
        ]
        while not all(writer.done() for writer in writers):
            for reader in readers:
                reader.poll(client, committed_token)
    assert all(writer.result() is None for writer in writers)
    wait_until_shown(outside())
    for reader in readers:
        while reader.poll(client, committed_token):
            pass

    assert len(written) > 10 * WRITERS
    for reader in readers:
        assert len(reader.seen) == len(set(reader.seen))
        assert set(reader.seen) == {uid for uid, kind in written if reader.kind in ("", kind)}


class Pages:
    """Remembers only its cursor, as a warehouse does."""

    def __init__(self, kind: str = "") -> None:
        self.kind, self.seen = kind, list[str]()
        self._query: dict[str, Any] = {"limit": 7, **({"kind": kind} if kind else {})}

    def poll(self, client: Client, token: str) -> int:
        """How many records came."""
        page = ask(client, FEED, token, data=self._query).json()
        self._query["after"] = page["next"]
        self.seen += [record["uid"] for record in page["records"]]
        return len(page["records"])


class Stream:
    """Remembers only the address of its last `Link`."""

    def __init__(self, kind: str = "") -> None:
        self.kind, self.seen = kind, list[str]()
        self._address = f"{FEED}?kind={kind}" if kind else FEED

    def poll(self, client: Client, token: str) -> int:
        answer = stream(client, self._address, token)
        found = [record["uid"] for record in read(answer)]
        self._address = next_of(answer)
        self.seen += found
        return len(found)


def write_slowly(
    link: psycopg.Connection[Any], written: list[tuple[str, str]], seed: int, until: float
) -> None:
    """Transactions that are held for a while, in random order; one in five is given up."""
    chance = random.Random(seed)  # noqa: S311  # the same waits in each run
    while time.monotonic() < until:
        kind = chance.choice(["step.done", "step.done", "step.done", "first_win"])
        uids = insert_records(link, chance.randint(1, 4), kind=kind)
        time.sleep(chance.choice([0.001, 0.01, 0.03, 0.2]))
        if chance.random() < 0.2:
            link.rollback()
        else:
            link.commit()
            written += [(uid, kind) for uid in uids]
