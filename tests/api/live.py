"""A company behind a real web server: what is asked there is really committed."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from api.people.examples import ROWS
from api.webhooks.endpoints import add_endpoint
from config import postgres
from config.queue import database_conninfo
from learning.actions import assign_path, hold_role
from learning.framing import Framing
from learning.library import load_role
from learning.models import RoleHolding
from tenants.companies.models import Company
from tenants.people.actions import sync_people
from tenants.people.models import Person
from tests.api.asking import issue
from tests.companies.webserver import serving

ROOT = Path(__file__).parents[2]
START = 60  # seconds, on a machine that does other things too
FRAMING = Framing(
    claim="close deals faster",
    because="two of your demos ended without a next meeting",
    sign="every demo ends with a date in both calendars",
)


@dataclass(frozen=True)
class Live:
    """Where the company is reached, by which name, with a token that may do everything."""

    url: str
    host: str
    token: str


@contextmanager
def live(company: Company, folder: Path) -> Iterator[Live]:
    """The company that is set, with some of everything in it, on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving() as receiver:
        _fill(receiver.url("/hook"))
        log = folder / "web.log"
        server = _start(port, log)
        try:
            _wait(port, server, log)
            yield Live(f"http://127.0.0.1:{port}", f"{company.slug}.localhost", issue())
        finally:
            server.terminate()
            server.wait(30)


def tool(name: str) -> str:
    """The program, beside Python or on the path."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which(name, path=os.pathsep.join((beside, os.environ.get("PATH", ""))))
    assert found, f"{name} is not there, and is a development dependency: run make"
    return found


def _fill(hook: str) -> None:
    sync_people(rows=ROWS, source="api")
    path = load_role("account-executive").paths.get()
    lee, ada = (Person.objects.get(external_id=key) for key in ("HR-2041", "HR-1001"))
    hold_role(person=ada, role=path.role, source=RoleHolding.Source.HAND)
    outcome = path.role.outcomes.get(slug="close-faster")
    for person in (ada, lee):
        assign_path(path=path, people=[person], outcome=outcome, framing=FRAMING, actor=None)
    add_endpoint(url=hook, actor=None)


def _start(port: int, log: Path) -> subprocess.Popen[bytes]:
    environment: dict[str, Any] = {
        **os.environ,
        "DATABASE_URL": postgres.url_of(database_conninfo()),
        "VAR": str(log.parent),
        "OUTBOUND_ALLOW_LOOPBACK": "true",
        "API_REQUESTS_PER_MINUTE": "1000000",
    }
    with log.open("wb") as output:
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}"),
                *("--workers=2", "--worker-class=gthread", "--threads=1", "--keep-alive=5"),
                *("--no-control-socket", "--preload"),  # imported once: it is started often
                *("--chdir", str(ROOT / "platform"), "--pythonpath", str(ROOT)),
            ],
            env=environment,
            stdout=output,
            stderr=output,
        )


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5):
                return
        except OSError:
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
