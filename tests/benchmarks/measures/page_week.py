"""A manager's home, as the web server answers it, beside its own SQL without the page."""

import http.client
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import NamedTuple
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.actions import assign_path
from learning.framing import Framing
from reinforcement.actions import write_due_briefs
from reinforcement.library import start_from_library
from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.people.models import Person
from tests.benchmarks.observations import observe
from tests.benchmarks.results import Result
from tests.benchmarks.stage import Stage

TIMES = 8
MOST = 15  # queries
SIZES = (10, 50)  # reports of a manager; five are featured, the others are named
ASKED = 40  # times in a round
PAGE = "/week/"
FRAMING = Framing(
    claim="close deals faster",
    because="two of three demos here end without a next meeting",
    sign="every demo ends with a date in both calendars",
)


class Home(NamedTuple):
    """One manager's: the cookie that opens it, and the SQL it asks."""

    cookie: str
    queries: list[str]


def measure(stage: Stage) -> Result:
    stage.fill()
    with working_for(stage.company):
        homes = [_home(stage, manager) for manager in _managers(stage)]
    connections.close_all()
    counts = {len(home.queries) for home in homes}
    if len(counts) > 1:
        raise RuntimeError(f"The page asks more for more people: {sorted(counts)} queries.")
    pairs = [_seconds(stage, home) for home in homes]
    ours, floor = max(pairs, key=lambda pair: pair[0] / pair[1])
    return Result(
        name="page-week",
        what=f"a manager's home with 10 or 50 reports, the slower of both; {max(counts)} queries",
        ours=ours * 1000,
        floor=floor * 1000,
        unit="ms",
        target=f"within {TIMES} × the time of its SQL, {MOST} queries at most",
        met=ours <= TIMES * floor and max(counts) <= MOST,
    )


def _managers(stage: Stage) -> list[Person]:
    """Two, each with as many reports as `SIZES` says, all on one path, with this week's brief."""
    first, second, *others = Person.objects.order_by("pk")
    role = start_from_library("account-executive").role
    observe(role.paths.get(), now=datetime.now(UTC))
    for manager, size in zip((first, second), SIZES, strict=True):
        team = [others.pop() for _ in range(min(size, stage.people // 3))]
        Person.objects.filter(manager=manager).update(manager=None)
        Person.objects.filter(pk__in=[report.pk for report in team]).update(manager=manager)
        assign_path(
            path=role.paths.get(),
            people=team,
            outcome=role.outcomes.get(slug="close-faster"),
            framing=FRAMING,
            actor=None,
            now=datetime.now(UTC) - timedelta(days=20),
        )
    write_due_briefs(now=_last_monday())
    return [first, second]


def _last_monday() -> datetime:
    """When this week's brief was due to people in Berlin: seven days ago at most."""
    now = datetime.now(ZoneInfo("Europe/Berlin"))
    due = (now - timedelta(days=now.weekday())).replace(hour=9, minute=0, second=0, microsecond=0)
    return due if due <= now else due - timedelta(days=7)


def _home(stage: Stage, manager: Person) -> Home:
    client = Client(headers={"host": stage.headers["Host"]})
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    with patch("tenants.companies.hosts.KEPT", 3600.0):
        client.get(PAGE)  # looks the host up, as a web server does every few seconds
        with CaptureQueriesContext(connection) as asked:
            page = client.get(PAGE).text
    if page.count('<article class="card"') == 0:
        raise RuntimeError("Nobody is featured on the page.")
    cookie = f"session={client.cookies['session'].value}"
    return Home(cookie, [query["sql"] for query in asked])


def _seconds(stage: Stage, home: Home) -> tuple[float, float]:
    """From asking to the last byte; and for the same SQL, every row fetched.

    In turns, so that both meet the same machine. The SQL is planned each time, as Django has it.
    """
    server = http.client.HTTPConnection("127.0.0.1", stage.port, timeout=60)
    with stage.database() as database, closing(server):
        database.prepare_threshold = None

        def page() -> None:
            server.request("GET", PAGE, headers={**stage.headers, "Cookie": home.cookie})
            answer = server.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{PAGE} answered {answer.status}.")

        def rows() -> None:
            for query in home.queries:
                database.execute(query).fetchall()

        for _ in range(ASKED // 4):  # each worker reads its templates once
            page()
        rows()
        turns = [(_timed(page), _timed(rows)) for _ in range(ASKED * stage.rounds)]
    ours, floor = zip(*turns, strict=True)
    return median(ours), median(floor)


def _timed(ask: Callable[[], None]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began
