"""What the API tells of runs, of whatever source."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.models import Scope
from tenants.companies.models import Company
from tenants.people.models import SyncRun
from tests.api.asking import Visit, ask, issue
from tests.people.hris import Sync, row

SYNCS = "/api/v1/people-syncs"


@pytest.fixture
def client(acme: Company, visit: Visit) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.PEOPLE_READ])


@pytest.fixture
def run(sync: Sync) -> SyncRun:
    """Ten rows: numbers 0 to 5 came in, 6 to 9 were refused."""
    found = sync(
        *map(row, range(6)),
        row(6, email="=cmd|' /C calc'!A0"),
        row(7, email="@here"),
        row(8, job_title="\t-1+2", emial=1),
        row(9, hired_on="-3"),
    ).run
    assert found
    return found


def waiting(**fields: Any) -> SyncRun:
    return SyncRun.objects.create(source="api", mode="partial", rows=40_000, **fields)


def test_runs_are_listed_newest_first_in_pages(client: Client, token: str, run: SyncRun) -> None:
    expected = [str(run.uid)] + [str(waiting().uid) for _ in range(4)]
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = ask(client, SYNCS, token, data=query).json()
        seen += [each["uid"] for each in page["runs"]]
        if page["next"] is None:
            break
        query["after"] = page["next"]
    assert seen == expected[::-1]


def test_runs_are_found_by_state_and_source(client: Client, token: str, run: SyncRun) -> None:
    waiting()
    for query, uids in (
        ({"state": "finished"}, [str(run.uid)]),
        ({"state": "finished", "source": "scim"}, []),
        ({"source": "api", "state": "refused"}, []),
    ):
        page = ask(client, SYNCS, token, data=query).json()
        assert [each["uid"] for each in page["runs"]] == uids


def test_run_shows_how_far_it_has_come(client: Client, token: str, acme: Company) -> None:
    run = waiting(state=SyncRun.State.RUNNING, rows_compared=12_500, started_at=timezone.now())
    answer = ask(client, f"{SYNCS}/{run.uid}", token)
    assert answer["Retry-After"] == "1"
    told = answer.json()
    assert (told["state"], told["rows_compared"], told["rows"]) == ("running", 12_500, 40_000)


def test_run_tells_its_first_hundred_problems_and_how_many_there_are(
    client: Client, token: str, sync: Sync
) -> None:
    run = sync(*(row(n, email="nonsense") for n in range(120))).run
    assert run
    told = ask(client, f"{SYNCS}/{run.uid}", token).json()
    assert (len(told["problems"]), told["problems_total"]) == (100, 120)
    assert told["counts"]["failed"] == 120


@pytest.mark.parametrize("limit", [1, 3, 9, 10, 1000])
@pytest.mark.parametrize(("outcome", "lines"), [(None, range(1, 11)), ("error", range(7, 11))])
def test_outcomes_are_read_in_pages(
    client: Client, token: str, run: SyncRun, limit: int, outcome: str | None, lines: range
) -> None:
    query: dict[str, Any] = {"limit": limit, **({"outcome": outcome} if outcome else {})}
    seen: list[int] = []
    while True:
        page = ask(client, f"{SYNCS}/{run.uid}/outcomes", token, data=query).json()
        assert len(page["outcomes"]) <= limit
        seen += [each["line"] for each in page["outcomes"]]
        if page["next"] is None:
            break
        query["after"] = page["next"]
    assert seen == list(lines)


def test_errors_are_a_csv_that_a_spreadsheet_does_not_calculate(
    client: Client, token: str, run: SyncRun
) -> None:
    answer = ask(client, f"{SYNCS}/{run.uid}/errors", token, headers={"accept": "text/csv"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    heading, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert heading == ["line", "field", "value", "message", "refused"]
    assert [line[:2] for line in lines] == [
        ["7", "email"],
        ["8", "email"],
        ["9", "emial"],
        ["10", "hired_on"],
    ]
    assert [line[2] for line in lines] == ["'=cmd|' /C calc'!A0", "'@here", "", "'-3"]
    assert {line[4] for line in lines} == {"yes"}
    assert not any(cell.startswith(tuple("=+-@\t\r")) for line in lines for cell in line)


@pytest.mark.parametrize("part", ["outcomes", "errors"])
def test_run_that_is_not_over_has_nothing_to_tell_yet(
    client: Client, token: str, acme: Company, part: str
) -> None:
    answer = ask(client, f"{SYNCS}/{waiting().uid}/{part}", token)
    assert answer.status_code == 409
    assert answer["Retry-After"] == "1"


@pytest.mark.parametrize("part", ["", "/outcomes", "/errors"])
def test_unknown_run_is_not_found(client: Client, token: str, part: str) -> None:
    unknown = "0199a1b2-0000-7000-8000-000000000001"
    assert ask(client, f"{SYNCS}/{unknown}{part}", token).status_code == 404


def test_cursor_is_good_for_its_own_list_only(client: Client, token: str, run: SyncRun) -> None:
    waiting()
    of_runs = ask(client, SYNCS, token, data={"limit": 1}).json()["next"]
    of_rows = ask(client, f"{SYNCS}/{run.uid}/outcomes", token, data={"limit": 1}).json()["next"]
    for path, word in ((f"{SYNCS}/{run.uid}/outcomes", of_runs), (SYNCS, of_rows), (SYNCS, "x")):
        answer = ask(client, path, token, data={"after": word})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == "?after"


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 201}, {"state": "lost"}, {"statee": "x"}, {"source": "\0"}]
)
def test_bad_parameter_is_named(client: Client, token: str, query: dict[str, Any]) -> None:
    answer = ask(client, SYNCS, token, data=query)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"?{next(iter(query))}"


def test_list_costs_the_same_however_long(client: Client, token: str, run: SyncRun) -> None:
    ask(client, SYNCS, token)

    def queries(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(ask(client, SYNCS, token, data={"limit": limit}).json()["runs"]) == limit
        return len(captured)

    for _ in range(100):
        waiting()
    assert queries(2) == queries(100) <= 5
