"""The stream on a real web server: what a client sees of a break, and what is left of one."""

import http.client
import json
import os
import re
import shlex
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from config.queue import database_conninfo
from learning.models import LearningRecord
from tenants.companies.models import Company
from tenants.companies.signing import seal
from tests.api.asking import FEED
from tests.api.commits import insert_records, wait_until_shown
from tests.api.live import Live, tool
from tests.api.streaming import NDJSON

MANY = 4000  # records of ten kilobytes: more than what sockets hold
LARGE = "x" * 10_000
GUIDE = Path(__file__).parents[2] / "docs" / "connect" / "warehouse.md"


@pytest.fixture
def link(busy: Company, live: Live) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_conninfo()) as link:
        link.execute("SELECT set_config('search_path', %s, false)", [busy.schema_name])
        link.commit()
        yield link


@contextmanager
def asking(live: Live, path: str = FEED, accept: str = NDJSON) -> Iterator[Any]:
    """The answer, not read yet; the connection closes in the end."""
    address = urlsplit(live.url)
    with closing(http.client.HTTPConnection(address.hostname or "", address.port, 30)) as server:
        server.connect()
        server.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        headers = {"Host": live.host, "Authorization": f"Bearer {live.token}", "Accept": accept}
        server.request("GET", path, headers=headers)
        yield server.getresponse()


@contextmanager
def streaming(live: Live) -> Iterator[Any]:
    """A stream, once those before it were noticed to have no reader any more."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with asking(live) as answer:
            if answer.status != 429:
                yield answer
                return
        time.sleep(0.05)
    raise TimeoutError("Streams that nobody reads keep their places.")


def test_stream_is_sent_in_chunks_and_not_compressed(
    live: Live, link: psycopg.Connection[Any]
) -> None:
    wait_until_shown(link)
    with asking(live) as answer:
        assert answer.status == 200
        assert answer.headers["Transfer-Encoding"] == "chunked"
        assert "Content-Encoding" not in answer.headers
        lines = answer.read().splitlines()
    assert len(lines) == LearningRecord.objects.count() > 0


def test_stream_that_breaks_off_is_an_error_to_whoever_reads_it(
    live: Live, link: psycopg.Connection[Any]
) -> None:
    insert_records(link, MANY, title=LARGE)
    link.commit()
    wait_until_shown(link)
    with asking(live) as answer:
        answer.readline()
        _end_database_connections(link)
        with pytest.raises(http.client.IncompleteRead):
            answer.read()
    _answers(live)


def test_reader_that_goes_away_leaves_nothing_behind(
    live: Live, link: psycopg.Connection[Any]
) -> None:
    insert_records(link, MANY, title=LARGE)
    link.commit()
    wait_until_shown(link)
    for _ in range(6):  # more than there are workers, and than may be sent at a time
        with streaming(live) as answer:
            assert answer.readline()
    _answers(live)
    open_ones = link.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND state <> 'idle' AND query LIKE '%LIMIT 1001%'"
    ).fetchone()
    assert open_ones == (0,)
    with streaming(live) as answer:
        assert sum(1 for _ in answer) == LearningRecord.objects.count()


def test_script_of_the_guide_keeps_a_warehouse_in_step(
    live: Live,
    busy: Company,
    link: psycopg.Connection[Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port = urlsplit(live.url).port
    monkeypatch.setenv("THROUGHLINE", f"http://{live.host}:{port}")
    monkeypatch.setenv("TOKEN", live.token)
    monkeypatch.chdir(tmp_path)
    resolve = socket.getaddrinfo
    monkeypatch.setattr("socket.getaddrinfo", lambda _, *rest: resolve("127.0.0.1", *rest[:1]))

    def warehouse() -> set[str]:
        exec(compile(_block("python"), "warehouse.md", "exec"), {})  # noqa: S102
        with closing(sqlite3.connect("warehouse.db")) as db:
            return {uid for (uid,) in db.execute("SELECT uid FROM record")}

    def here() -> set[str]:
        return {str(uid) for uid in LearningRecord.objects.values_list("uid", flat=True)}

    assert warehouse() == here() != set()
    assert warehouse() == here()
    insert_records(link, 3)
    [theirs] = insert_records(link, 1, person="0199a1b2-0000-7000-8000-0000000000e1")
    link.commit()
    wait_until_shown(link)
    assert warehouse() == here()

    insert_records(link, 1, kind="person.erased", person="0199a1b2-0000-7000-8000-0000000000e1")
    link.commit()
    wait_until_shown(link)
    assert warehouse() == here() - {theirs}

    with closing(sqlite3.connect("warehouse.db")) as db, db:
        before = seal("feed", [busy.feed_epoch - 1, 7, 7])
        address = f"http://{live.host}:{port}{FEED}?after={before}"
        db.execute("UPDATE place SET address = ?", [address])
        db.execute("DELETE FROM record WHERE kind = 'assignment.created'")
    assert warehouse() == here() - {theirs}  # after a 410 it starts over


def test_curl_line_of_the_guide_loads_everything(live: Live, tmp_path: Path) -> None:
    [program, *words] = shlex.split(_block("sh").replace("\\\n", " "))
    assert program == "curl"
    port = urlsplit(live.url).port
    here = [
        word.replace("https://acme.throughline.example", f"http://{live.host}:{port}").replace(
            "tl_…", live.token
        )
        for word in words
    ]
    subprocess.run(
        [tool("curl"), "--silent", "--resolve", f"{live.host}:{port}:127.0.0.1", *here],
        cwd=tmp_path,
        check=True,
        env={**os.environ, "NO_PROXY": "*"},
    )
    lines = (tmp_path / "records.ndjson").read_bytes().splitlines()
    assert {json.loads(line)["uid"] for line in lines} == {
        str(uid) for uid in LearningRecord.objects.values_list("uid", flat=True)
    }
    assert f"<http://{live.host}:{port}{FEED}?after=" in (tmp_path / "head.txt").read_text()


def test_guide_explains_every_kind() -> None:
    text = GUIDE.read_text()
    assert [kind for kind in LearningRecord.Kind.values if f"`{kind}`" not in text] == []


def _block(language: str) -> str:
    """The first of that language in the guide."""
    found = re.search(rf"```{language}\n(.+?)```", GUIDE.read_text(), re.DOTALL)
    assert found
    return found[1]


def _end_database_connections(link: psycopg.Connection[Any]) -> None:
    """Those of the web server, which are told by what they asked last."""
    ended = link.execute(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND query LIKE '%LIMIT 1001%'"
    ).fetchone()
    link.commit()
    assert ended
    assert ended[0] >= 1


def _answers(live: Live) -> None:
    """Each worker, after whatever happened to it."""
    for _ in range(4):
        with asking(live, f"{FEED}?limit=1", "application/json") as answer:
            assert answer.status == 200
            assert len(json.loads(answer.read())["records"]) == 1
