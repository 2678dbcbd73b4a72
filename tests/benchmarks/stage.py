"""Where a benchmark plays: a company, its rows, and the web server as the demo starts it."""

import http.client
import json
import os
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
from django.conf import settings
from django.db import connections

from api.models import ApiToken, Scope
from config import postgres
from config.demo.processes import Service, services, stop_all
from config.queue import database_conninfo
from tenants.companies.actions import create_company, drop_company
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.actions import sync_people

WORKERS = 2
READY_WITHIN = 60  # seconds


@dataclass(frozen=True)
class Stage:
    """`people` is how many the company has; figures are for 5,000, tests do with a few.

    `rounds` is how often a figure is taken, the median of which counts.
    """

    company: Company
    token: str
    port: int
    folder: Path
    people: int
    rounds: int

    @property
    def headers(self) -> dict[str, str]:
        host = f"{self.company.slug}.{settings.ROOT_DOMAIN}"
        return {"Host": host, "Authorization": f"Bearer {self.token}"}

    @contextmanager
    def database(self) -> Iterator[psycopg.Connection]:
        """A connection of its own to the company's schema, for floors."""
        with psycopg.connect(database_conninfo(), autocommit=True) as connection:
            connection.execute("SELECT set_config('search_path', %s, false)", [self.schema])
            yield connection

    @property
    def schema(self) -> str:
        return str(self.company.schema_name)

    def fill(self) -> None:
        """Let `everybody` be there, and the planner know of them as it would a minute later."""
        with working_for(self.company):
            sync_people(rows=everybody(self.people, "there"), source="benchmark")
        with self.database() as connection:
            connection.execute("VACUUM (ANALYZE) people_person")

    def post(self, path: str, body: Any) -> tuple[float, dict[str, Any]]:
        """Send JSON; returns the seconds until the answer, and the answer.

        Anything but 200 raises `RuntimeError`.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {**self.headers, "Content-Type": "application/json"}
        written = json.dumps(body)
        began = time.perf_counter()
        connection.request("POST", path, written, headers)
        response = connection.getresponse()
        answer = response.read()
        seconds = time.perf_counter() - began
        connection.close()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}: {answer[:500]!r}")
        return seconds, json.loads(answer)

    @contextmanager
    def serving(self, application: str, **environment: str) -> Iterator[int]:
        """The port of one more web server, the same but for its WSGI application."""
        with _web(application, self.folder, environment) as port:
            yield port


@contextmanager
def stage(folder: Path, *, people: int, rounds: int) -> Iterator[Stage]:
    """A new company in the current database, and a web server on it; both go in the end."""
    company = create_company(
        name="Benchmark", slug="benchmark", root_domain=settings.ROOT_DOMAIN, time_zone="UTC"
    )
    try:
        with working_for(company):
            _, token = ApiToken.issue(
                name="benchmark",
                scopes=list(Scope.values),
                expires_at=datetime.now(UTC) + timedelta(days=1),
            )
        connections.close_all()
        with _web("config.wsgi", folder, {}) as port:
            yield Stage(company, token, port, folder, people, rounds)
    finally:
        drop_company(company)
        connections.close_all()


@contextmanager
def _web(application: str, folder: Path, environment: dict[str, str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    demo, *_ = services(folder, port)
    command = [application if part == "config.wsgi" else part for part in demo.command]
    web = Service(application, [*command, f"--workers={WORKERS}"], demo.log, demo.environment)
    database = postgres.url_of(database_conninfo())
    with patch.dict(os.environ, {"DATABASE_URL": database, "PORT": str(port), **environment}):
        web.start()
    try:
        _wait_for(port, web)
        yield port
    finally:
        stop_all([web])


def _wait_for(port: int, web: Service) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and not web.died:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health/live")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"The web server did not become ready: {web.log.read_text()[-2000:]}")


def everybody(number: int, version: str) -> Sequence[dict[str, Any]]:
    """Rows of a whole company, eight reports to a manager; another version changes every row."""
    return [
        {
            "external_id": f"hris-{each}",
            "employee_number": str(each),
            "email": f"person.{each}@benchmark.example",
            "given_name": f"Given{each}",
            "family_name": f"Family{each}",
            "job_title": f"Account Executive {version}",
            "department": f"Department {each % 20}",
            "location": f"Berlin {version}",
            "hired_on": "2024-03-01",
            "employment_status": "active",
            "time_zone": "Europe/Berlin",
            "manager_external_id": f"hris-{each // 8}" if each else "",
        }
        for each in range(number)
    ]
