"""A few rows read only whom they touch, and do exactly what they do among everybody."""

from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants.people.actions import SyncResult
from tenants.people.models import Department, Person, SyncRun
from tenants.people.sync import few, staging
from tenants.people.sync.roster import EVERYBODY, FIELDS
from tests.people.hris import Sync, messages, outcomes, row

NUMBERS = st.sampled_from(["1", "2", "3", "4", "5", "A6"])
ADDRESSES = st.sampled_from(["", "a@acme.example", "B@acme.example", "b@acme.example", "c"])
ANY_KEY = st.one_of(NUMBERS, ADDRESSES, st.just("a6"))
NAMES = st.sampled_from(["Ada", "Bo", "Cy"])
WHO = st.integers(min_value=0, max_value=5)  # whom, in the order they came, a uid means
KEYS = st.one_of(
    st.fixed_dictionaries({"external_id": NUMBERS}),
    st.fixed_dictionaries({"external_id": NUMBERS}),
    st.fixed_dictionaries({"employee_number": NUMBERS}),
    st.fixed_dictionaries({"uid": WHO}),
)
FIELDS_SAID = st.fixed_dictionaries(
    {"given_name": NAMES},
    optional={
        "preferred_name": st.sampled_from(["", "Ada", "Bo"]),
        "employee_number": NUMBERS,
        "email": ADDRESSES,
        "user_name": ADDRESSES,
        "employment_status": st.sampled_from(["active", "terminated", "retired"]),
        "department": st.sampled_from(["", "Sales", " Support"]),
    },
)
MANAGER = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"manager_uid": WHO}),
    st.fixed_dictionaries({"manager_external_id": NUMBERS}),
    st.fixed_dictionaries({"manager_external_id": NUMBERS}),
    st.fixed_dictionaries({"manager_email": ADDRESSES}),
    st.fixed_dictionaries({"manager_key": ANY_KEY}),
    st.fixed_dictionaries({"manager_name": NAMES}),
)
ROW = st.builds(lambda *parts: {**parts[1], **parts[0], **parts[2]}, KEYS, FIELDS_SAID, MANAGER)
HISTORY = st.builds(
    lambda first, later: [first, *later],
    st.lists(ROW, min_size=3, max_size=8, unique_by=lambda row: row.get("external_id")),
    st.lists(st.lists(ROW, min_size=1, max_size=2), min_size=2, max_size=6),
)


def people() -> list[Person]:
    """In the order they came."""
    return list(Person.objects.order_by("pk").select_related("department"))


def company() -> list[Any]:
    """Everybody, their managers by place; then the departments."""
    places = {person.pk: place for place, person in enumerate(people())}
    told: list[Any] = [
        {name: getattr(person, name) for name in FIELDS}
        | {"manager": places.get(person.manager_id or 0), "department": str(person.department)}
        for person in people()
    ]
    return [*told, *Department.objects.order_by("name").values_list("name", flat=True)]


def told(result: SyncResult) -> list[Any]:
    """All of a result, with each uid by its person's place."""
    places = {str(person.uid): f"person {place}" for place, person in enumerate(people())}
    rows = [(each.line, each.outcome, each.name, each.changes) for each in result.rows]
    problems = str([problem.as_json() for problem in result.problems])
    for uid, place in places.items():
        problems = problems.replace(uid, place)
    return [*rows, *(places.get(str(each.uid)) for each in result.rows), problems]


def run_all(sync: Sync, history: list[list[dict[str, Any]]]) -> list[Any]:
    """Each batch's result and the company after it; nothing stays."""
    seen = []
    with transaction.atomic():
        for batch in history:
            uids = [str(person.uid) for person in people()]
            rows = [
                {
                    column: uids[value] if column in ("uid", "manager_uid") else value
                    for column, value in each.items()
                    if column not in ("uid", "manager_uid") or value < len(uids)
                }
                for each in batch
            ]
            seen.append((told(sync(*rows)), company()))
        transaction.set_rollback(True)
    return seen


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=HISTORY)
def test_few_rows_do_what_they_do_among_everybody(
    sync: Sync, history: list[list[dict[str, Any]]]
) -> None:
    among_few = run_all(sync, history)
    with patch.object(few, "FEW", -1), patch.object(staging, "FEW", -1):
        among_everybody = run_all(sync, history)
    assert among_few == among_everybody


def queries_of(sync: Sync, *rows: dict[str, Any], **options: Any) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        sync(*rows, **options)
    return [query["sql"] for query in queries]


@pytest.fixture
def team(sync: Sync) -> None:
    """Three levels: 3 and 4 report to 2, who reports to 1; 5 stands beside."""
    above = {"manager_external_id": "hris-2"}
    sync(row(1), row(2, manager_external_id="hris-1"), row(3, **above), row(4, **above), row(5))


@pytest.mark.usefixtures("team")
def test_one_person_more_takes_six_queries(sync: Sync) -> None:
    newcomer = row(6, manager_external_id="hris-3", department="Sales")
    # the lock, one to read, the person, whether any rule asks for them, the run, the log
    assert len(queries_of(sync, newcomer)) == 6
    assert len(queries_of(sync, newcomer)) == 3
    assert len(queries_of(sync, row(6, job_title="Lead"))) == 6
    assert len(queries_of(sync, row(7, department="Support"))) == 7


@pytest.mark.usefixtures("team")
def test_few_rows_leave_everybody_else_unread(sync: Sync) -> None:
    assert EVERYBODY not in queries_of(sync, row(6, manager_external_id="hris-3"))
    with patch.object(few, "FEW", 0):
        assert EVERYBODY in queries_of(sync, row(6))
    assert EVERYBODY in queries_of(sync, row(6, manager_name="Given1 Family1"))
    assert EVERYBODY in queries_of(sync, row(6), mode=SyncRun.Mode.COMPLETE, dry_run=True)


@pytest.mark.usefixtures("team")
def test_a_loop_far_above_is_found_and_spelled_out(sync: Sync) -> None:
    assert messages(sync({"external_id": "hris-1", "manager_employee_number": "4"})) == [
        "manager_employee_number: '4' would close a loop: Given1 Family1 → Given4 Family4 → "
        "Given2 Family2 → Given1 Family1."
    ]


@pytest.mark.usefixtures("team")
def test_whoever_waits_for_a_key_hears_of_it_and_nobody_else_is_read(sync: Sync) -> None:
    sync(row(6, manager_key="Boss@acme.example"), row(7, manager_key="hris-99"))
    with CaptureQueriesContext(connection) as queries:
        result = sync(row(8, email="boss@acme.example"))
    assert [each.name for each in result.rows] == ["Given8 Family8", "Given6 Family6"]
    assert EVERYBODY not in [query["sql"] for query in queries]
    assert len(queries) == 9  # two more to read who waits, one to write them


@pytest.mark.parametrize(
    "named", [{"manager_external_id": "hris-3"}, {"manager_name": "Given3 Family3"}]
)
def test_a_wait_that_a_loop_kept_up_ends_with_the_loop(sync: Sync, named: dict[str, str]) -> None:
    sync(row(1, **named))
    sync(row(2, manager_external_id="hris-1"))
    sync(row(3, manager_external_id="hris-2"))
    assert Person.objects.get(external_id="hris-1").manager is None
    freed = sync({"external_id": "hris-2", "manager_external_id": ""})
    assert [each.changes for each in freed.rows] == [
        {"manager": ("Given1 Family1", None)},
        {
            "manager": (None, "Given3 Family3"),
            "awaited_manager": (":".join(*named.items()).removeprefix("manager_"), ""),
        },
    ]


@pytest.mark.usefixtures("team")
def test_a_name_that_is_waited_for_is_looked_up_among_everybody(sync: Sync) -> None:
    sync(row(6, manager_name="Family9, Given9"))
    assert EVERYBODY not in queries_of(sync, row(7))
    assert outcomes(sync(row(9))) == ["created", "updated"]


@pytest.mark.parametrize("rows", [200, 201])
def test_however_many_rows_a_dozen_queries_do(sync: Sync, rows: int) -> None:
    pushed = [row(number, manager_external_id="hris-0") for number in range(rows)]
    assert len(queries_of(sync, *pushed)) <= 12
    pushed = [{**each, "department": "New", "manager_external_id": "hris-2"} for each in pushed]
    assert len(queries_of(sync, *pushed)) <= 12
