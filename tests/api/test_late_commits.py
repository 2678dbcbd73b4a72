"""A reader who polls misses nothing, however late its transaction commits."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

from tenants.companies.models import Company
from tests.api.asking import FEED, Visit, ask
from tests.api.commits import Outside, insert_records, wait_until_shown


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


def test_polling_reader_misses_nothing_of_many_writers(
    outside: Outside, committed_token: str, acme: Company, visit: Any
) -> None:
    client = visit(acme)
    written: list[str] = []
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 7}
    deadline = time.monotonic() + 60
    with ThreadPoolExecutor() as pool:
        writers = [pool.submit(write_slowly, outside(), written, seed) for seed in range(4)]
        while not all(writer.done() for writer in writers) or len(seen) < len(written):
            assert time.monotonic() < deadline, f"{len(seen)} of {len(written)} records seen"
            page = ask(client, FEED, committed_token, data=query).json()
            query["after"] = page["next"]
            seen += [record["uid"] for record in page["records"]]

    assert all(writer.result() is None for writer in writers)
    assert len(seen) == len(set(seen))
    assert set(seen) == set(written)


def write_slowly(link: psycopg.Connection[Any], written: list[str], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same waits in each run
    for _ in range(15):
        uids = insert_records(link, chance.randint(1, 4))
        time.sleep(chance.random() / 50)
        link.commit()
        written += uids
