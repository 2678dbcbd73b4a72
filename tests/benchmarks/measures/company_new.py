"""A new company: its row, its host, its tables."""

import time
from statistics import median

from django.db import connections

from tenants.companies import cloning
from tenants.companies.actions import create_company, drop_company
from tests.benchmarks.results import Result
from tests.benchmarks.stage import Stage

TIMES = 2
SCHEMA = "c_floor"


def measure(stage: Stage) -> Result:
    """The stage's own company was made before: a copy is kept."""
    ours, floor = [], []
    for number in range(stage.rounds):
        began = time.perf_counter()
        company = create_company(name="New", slug=f"new-{number}", root_domain="localhost")
        ours.append(time.perf_counter() - began)
        drop_company(company)
        connections.close_all()
        floor.append(_replay(stage))
    return Result(
        name="company-new",
        what="a company with its host and its tables",
        ours=median(ours),
        floor=median(floor),
        unit="s",
        target=f"within {TIMES} × the time",
        met=median(ours) <= TIMES * median(floor),
    )


def _replay(stage: Stage) -> float:
    """Seconds for the same statements, sent to the server as they are."""
    script = cloning.script(SCHEMA)
    assert script
    with stage.database() as connection:
        began = time.perf_counter()
        connection.execute(f"BEGIN;\n{script}\nCOMMIT".encode())
        seconds = time.perf_counter() - began
        connection.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
    return seconds
