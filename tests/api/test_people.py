"""Reading and changing people one by one."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from api.models import Scope
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Department, Person, SyncRun
from tests.api.asking import Visit, ask, issue, send
from tests.people.hris import Sync, row

PEOPLE = "/api/v1/people"


@pytest.fixture
def client(acme: Company, visit: Visit) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.PEOPLE_READ, Scope.PEOPLE_WRITE])


@pytest.fixture
def staff(sync: Sync) -> dict[int, Person]:
    """Number 1 manages 2 and 3, 4 has left."""
    sync(
        row(1, job_title="Sales Manager"),
        row(2, manager_external_id="hris-1", attributes={"site": "A", "desk": {"floor": 2}}),
        row(3, manager_external_id="hris-1", department="Support"),
        row(4, employment_status="terminated", ended_on="2026-10-31"),
    )
    return {int(str(each.employee_number)): each for each in Person.objects.all()}


def change(client: Client, token: str, person: Person, patch: Any, **options: Any) -> Any:
    return send(client, "patch", f"{PEOPLE}/{person.uid}", token, patch, **options)


def numbers(answer: Any) -> list[int]:
    return [int(each["employee_number"]) for each in answer.json()["people"]]


def test_person_is_told_with_department_and_manager(
    client: Client, token: str, staff: dict[int, Person]
) -> None:
    answer = ask(client, f"{PEOPLE}/{staff[2].uid}", token)
    assert answer.status_code == 200
    told = answer.json()
    updated_at = told.pop("updated_at")
    assert updated_at.endswith("Z")
    assert told == {
        "uid": str(staff[2].uid),
        "external_id": "hris-2",
        "employee_number": "2",
        "email": "person.2@acme.example",
        "user_name": None,
        "given_name": "Given2",
        "family_name": "Family2",
        "preferred_name": "",
        "name": "Given2 Family2",
        "job_title": "Account Executive",
        "department": {"uid": str(Department.objects.get(name="Sales").uid), "name": "Sales"},
        "location": "",
        "manager": {
            "uid": str(staff[1].uid),
            "external_id": "hris-1",
            "employee_number": "1",
            "email": "person.1@acme.example",
        },
        "employment_status": "active",
        "hired_on": "2024-03-01",
        "rehired_on": None,
        "ended_on": None,
        "time_zone": "",
        "locale": "",
        "attributes": {"site": "A", "desk": {"floor": 2}},
    }


@pytest.mark.parametrize("key", ["hr/2041", "HR:20 41", "a?b#c%d", "ärzte", "../people", "x"])
def test_person_is_found_by_the_hriss_own_key(
    client: Client, token: str, sync: Sync, key: str
) -> None:
    sync(row(1, external_id=key))
    path = f"{PEOPLE}/external:{quote(key, safe='')}"
    assert ask(client, path, token).json()["external_id"] == key
    assert send(client, "patch", path, token, {"location": "Berlin"}).status_code == 200
    assert Person.objects.get(external_id=key).location == "Berlin"


@pytest.mark.parametrize(
    "word", ["0199a1b2-0000-7000-8000-000000000001", "external:nobody", "external:%00", "7", "ada"]
)
@pytest.mark.parametrize("method", ["get", "patch"])
def test_unknown_person_is_not_found(
    client: Client, token: str, staff: dict[int, Person], word: str, method: str
) -> None:
    answer = send(client, method, f"{PEOPLE}/{word}", token, {"job_title": "x"})
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_person_of_another_company_is_not_found(
    client: Client, token: str, gus: Person, staff: dict[int, Person], globex: Company
) -> None:
    assert ask(client, f"{PEOPLE}/{gus.uid}", token).status_code == 404
    with working_for(globex):
        foreign = issue([Scope.PEOPLE_READ, Scope.PEOPLE_WRITE])
    assert ask(client, f"{PEOPLE}/{staff[1].uid}", foreign).status_code == 401
    assert change(client, foreign, staff[1], {"job_title": "x"}).status_code == 401


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [1, 2, 3, 4]),
        ({"status": "terminated"}, [4]),
        ({"status": "active", "department": "Sales"}, [1, 2]),
        ({"department": "Nowhere"}, []),
        ({"email": "PERSON.3@acme.example"}, [3]),
        ({"external_id": "hris-3"}, [3]),
        ({"employee_number": "4"}, [4]),
        ({"updated_since": "2026-11-18T00:00:00Z"}, [2]),
        ({"updated_since": "2026-11-18T01:00:00+01:00"}, [2]),
        ({"updated_since": "2026-11-19T00:00:00Z"}, []),
    ],
)
def test_people_are_found_by(
    client: Client,
    token: str,
    staff: dict[int, Person],
    query: dict[str, str],
    found: list[int],
) -> None:
    Person.objects.update(updated_at="2026-11-17T23:59:59Z")
    Person.objects.filter(pk=staff[2].pk).update(updated_at="2026-11-18T00:00:00Z")
    assert numbers(ask(client, PEOPLE, token, data=query)) == found


def test_people_are_found_by_manager_and_by_uid_of_department(
    client: Client, token: str, staff: dict[int, Person]
) -> None:
    assert numbers(ask(client, PEOPLE, token, data={"manager": str(staff[1].uid)})) == [2, 3]
    support = Department.objects.get(name="Support")
    assert numbers(ask(client, PEOPLE, token, data={"department": str(support.uid)})) == [3]


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 200])
def test_pages_end_without_gaps_or_duplicates(
    client: Client, token: str, staff: dict[int, Person], limit: int
) -> None:
    seen: list[int] = []
    query: dict[str, Any] = {"limit": limit}
    while True:
        answer = ask(client, PEOPLE, token, data=query)
        seen += numbers(answer)
        if answer.json()["next"] is None:
            break
        query["after"] = answer.json()["next"]
    assert seen == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"limit": "201"}, "?limit"),
        ({"limit": "many"}, "?limit"),
        ({"status": "gone"}, "?status"),
        ({"manager": "ada"}, "?manager"),
        ({"updated_since": "yesterday"}, "?updated_since"),
        ({"after": "MTIz:xyz"}, "?after"),
        ({"emial": "x"}, "?emial"),
        ({"email": "\0"}, "?email"),
        ({"external_id": ""}, "?external_id"),
    ],
)
def test_bad_parameter_is_named(
    client: Client, token: str, query: dict[str, str], pointer: str
) -> None:
    answer = ask(client, PEOPLE, token, data=query)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_cursor_of_another_company_is_no_cursor(
    client: Client, token: str, staff: dict[int, Person], globex: Company, visit: Visit
) -> None:
    word = ask(client, PEOPLE, token, data={"limit": 1}).json()["next"]
    with working_for(globex):
        foreign = issue([Scope.PEOPLE_READ])
    answer = ask(visit(globex), PEOPLE, foreign, data={"after": word})
    assert answer.status_code == 400


def test_list_costs_the_same_for_ten_and_for_hundreds(
    client: Client, token: str, sync: Sync
) -> None:
    sync(row(0), *(row(n, manager_external_id="hris-0") for n in range(1, 500)))
    ask(client, PEOPLE, token)

    def queries(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(numbers(ask(client, PEOPLE, token, data={"limit": limit}))) == limit
        return len(captured)

    assert queries(10) == queries(200) <= 5


def test_current_version_is_not_sent_again(
    client: Client, token: str, staff: dict[int, Person]
) -> None:
    path = f"{PEOPLE}/{staff[2].uid}"
    tag = ask(client, path, token)["ETag"]
    for known in (tag, f'"x", W/{tag}', "*"):
        again = ask(client, path, token, headers={"if-none-match": known})
        assert (again.status_code, again["ETag"], again.content) == (304, tag, b"")
    Department.objects.filter(name="Sales").update(name="Revenue")
    assert ask(client, path, token, headers={"if-none-match": tag}).status_code == 200


def test_change_goes_through_the_door_of_syncs(
    client: Client, token: str, staff: dict[int, Person]
) -> None:
    before = ask(client, f"{PEOPLE}/{staff[3].uid}", token)["ETag"]
    patch = {"job_title": " Lead ", "department": "Renewals", "email": None, "hired_on": None}
    answer = change(client, token, staff[3], patch, content_type="application/merge-patch+json")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["job_title"], told["email"], told["hired_on"]) == ("Lead", None, None)
    assert told["department"]["name"] == "Renewals"
    assert told["family_name"] == "Family3"
    assert answer["ETag"] not in ("", before)
    run = SyncRun.objects.latest("pk")
    assert (run.source, run.origin, run.updated) == ("api", "HRIS", 1)


def test_attributes_are_merged_as_rfc_7396_has_it(
    client: Client, token: str, staff: dict[int, Person]
) -> None:
    patch = {"attributes": {"site": None, "desk": {"floor": 3, "seat": "B"}, "badge": [1]}}
    told = change(client, token, staff[2], patch).json()
    assert told["attributes"] == {"desk": {"floor": 3, "seat": "B"}, "badge": [1]}
    assert change(client, token, staff[2], {"attributes": None}).json()["attributes"] == {}


@pytest.mark.parametrize("key", ["uid", "external_id", "employee_number", "email"])
def test_manager_is_set_by_any_key_and_cleared(
    client: Client, token: str, staff: dict[int, Person], key: str
) -> None:
    named = {key: str(getattr(staff[2], key))}
    told = change(client, token, staff[3], {"manager": named}).json()
    assert told["manager"]["employee_number"] == "2"
    assert change(client, token, staff[3], {"manager": None}).json()["manager"] is None


def test_loop_of_managers_is_spelled_out(
    client: Client, token: str, staff: dict[int, Person]
) -> None:
    answer = change(client, token, staff[1], {"manager": {"external_id": "hris-2"}})
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["pointer"] == "#/manager"
    assert "Given1 Family1 → Given2 Family2 → Given1 Family1" in error["detail"]
    assert Person.objects.get(pk=staff[1].pk).manager is None


@pytest.mark.parametrize(
    ("key", "value"),
    [("email", "Person.1@acme.example"), ("external_id", "hris-1"), ("employee_number", "1")],
)
def test_key_of_somebody_else_is_a_conflict(
    client: Client, token: str, staff: dict[int, Person], key: str, value: str
) -> None:
    answer = change(client, token, staff[2], {key: value, "job_title": "Lead"})
    assert answer.status_code == 409
    assert "belongs to Given1 Family1" in answer.json()["detail"]
    assert Person.objects.get(pk=staff[2].pk).job_title == "Account Executive"


def test_change_of_what_somebody_changed_since_is_refused(
    client: Client, token: str, staff: dict[int, Person]
) -> None:
    tag = ask(client, f"{PEOPLE}/{staff[2].uid}", token)["ETag"]
    patch = {"job_title": "Lead"}
    done = change(client, token, staff[2], patch, headers={"if-match": f'"x", {tag}'})
    assert done.status_code == 200
    for stale in (tag, f"W/{done['ETag']}", '"x"', ""):
        answer = change(client, token, staff[2], {"job_title": "Head"}, headers={"if-match": stale})
        assert answer.status_code == 412
    assert Person.objects.get(pk=staff[2].pk).job_title == "Lead"
    anyhow = change(client, token, staff[2], {"job_title": "Head"}, headers={"if-match": "*"})
    assert anyhow.json()["job_title"] == "Head"


WRONG: list[tuple[Any, str, str]] = [
    ({"jobtitle": "x"}, "#/jobtitle", "Did you mean job_title?"),
    ({"is_staff": True}, "#/is_staff", "no such member"),
    ({"is_superuser": True}, "#/is_superuser", "no such member"),
    ({"password": "x"}, "#/password", "no such member"),
    ({"uid": "0199a1b2-0000-7000-8000-000000000001"}, "#/uid", "set nowhere"),
    ({"name": "x"}, "#/name", "set nowhere"),
    ({"line": 1}, "#/line", "no such member"),
    ({"manager_email": "x"}, "#/manager_email", "Did you mean manager?"),
    ({"given_name": None}, "#/given_name", "blank"),
    ({"given_name": "x" * 101}, "#/given_name", "longer than 100"),
    ({"email": "nonsense"}, "#/email", "not an e-mail address"),
    ({"job_title": 1.5}, "#/job_title", "not text"),
    ({"job_title": "\0"}, "#/job_title", "NUL"),
    ({"job_title": "\ud800"}, "#/job_title", "half a character"),
    ({"hired_on": "1.3.2024"}, "#/hired_on", "not a date"),
    ({"employment_status": "gone"}, "#/employment_status", "not a status"),
    ({"employment_status": None}, "#/employment_status", "cannot be cleared"),
    ({"external_id": " "}, "#/external_id", "cannot be cleared"),
    ({"attributes": [1]}, "#/attributes", "not a JSON object"),
    ({"department": {"name": "Sales"}}, "#/department", "not text"),
    ({"manager": "ada"}, "#/manager", "exactly one of"),
    ({"manager": {}}, "#/manager", "exactly one of"),
    ({"manager": {"uid": "x", "email": "y"}}, "#/manager", "exactly one of"),
    ({"manager": {"name": "Ada"}}, "#/manager", "exactly one of"),
    ({"manager": {"uid": "x"}}, "#/manager/uid", "not a uid"),
    ({"manager": {"email": 7}}, "#/manager/email", "text"),
    ({"manager": {"email": "\ud800"}}, "#/manager/email", "text"),
    ({"manager": {"email": "nobody@acme.example"}}, "#/manager/email", "nobody here"),
    ([], "#", "object"),
    ("{", "#", "line 1, column 2"),
    ('{"email": null, "email": null}', "#/email", "more than once"),
    (b"\xff", "#", "not UTF-8"),
]


@pytest.mark.parametrize(("patch", "pointer", "said"), WRONG, ids=range(len(WRONG)))
def test_wrong_change_is_told_where_and_writes_nothing(
    client: Client, token: str, staff: dict[int, Person], patch: Any, pointer: str, said: str
) -> None:
    if isinstance(patch, dict):
        patch = {"location": "Berlin", **patch}
    runs = SyncRun.objects.count()

    answer = change(client, token, staff[2], patch)

    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    error = answer.json()["errors"][0]
    assert error["pointer"] == pointer
    assert said in error["detail"]
    assert not Person.objects.filter(location="Berlin").exists()
    assert SyncRun.objects.count() == runs


def test_change_is_of_a_known_type_and_size(
    client: Client, token: str, staff: dict[int, Person]
) -> None:
    other = change(client, token, staff[2], "x", content_type="text/plain")
    assert (other.status_code, other["Accept-Patch"]) == (
        415,
        "application/merge-patch+json, application/json",
    )
    large = change(client, token, staff[2], {"attributes": {"x": "y" * 1024 * 1024}})
    assert large.status_code == 413
    assert "1 MiB" in large.json()["detail"]


def test_leaver_of_a_change_is_signed_out(
    client: Client, token: str, staff: dict[int, Person], clock: Traveller
) -> None:
    told = change(client, token, staff[2], {"employment_status": "terminated"}).json()
    assert (told["employment_status"], told["ended_on"]) == ("terminated", "2026-11-18")
    assert not Person.objects.get(pk=staff[2].pk).is_active


def test_people_are_pushed_elsewhere(client: Client, token: str) -> None:
    answer = send(client, "post", PEOPLE, token, row(1))
    assert answer.status_code == 405
    assert "/api/v1/people-syncs" in answer.json()["detail"]
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
