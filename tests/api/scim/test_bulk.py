"""Bulk (RFC 7644, section 3.7)."""

from typing import Any

import pytest

from api.models import Scope
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import DirectoryGroup, Person
from tests.api.asking import Visit
from tests.api.scim import entra
from tests.api.scim.provider import CORE, ENTERPRISE, MESSAGES, Provider, connect

BULK = f"{MESSAGES}:BulkRequest"


def bulk(*operations: Any, **others: Any) -> dict[str, Any]:
    return {"schemas": [BULK], "Operations": list(operations), **others}


def new_user(bulk_id: str, name: str, number: str, manager: str | None = None) -> dict[str, Any]:
    data = entra.user(name, number)
    if manager:
        data[ENTERPRISE]["manager"] = {"value": manager}
    return {"method": "POST", "path": "/Users", "bulkId": bulk_id, "data": data}


def new_group(bulk_id: str, name: str, *members: str) -> dict[str, Any]:
    data = {
        "schemas": [f"{CORE}:Group"],
        "displayName": name,
        "members": [{"value": member} for member in members],
    }
    return {"method": "POST", "path": "/Groups", "bulkId": bulk_id, "data": data}


def run(provider: Provider, *operations: Any, **others: Any) -> list[dict[str, Any]]:
    answer = provider.post("/Bulk", bulk(*operations, **others), status=200)
    assert answer["schemas"] == [f"{MESSAGES}:BulkResponse"]
    results: list[dict[str, Any]] = answer["Operations"]
    return results


def test_everything_that_single_requests_do(provider: Provider, lee: Person, nia: Person) -> None:
    group = provider.post("/Groups", entra.group("Sales", "g-1"))
    shown = provider.get(f"/Users/{lee.uid}")
    patch = {
        "schemas": [f"{MESSAGES}:PatchOp"],
        "Operations": [{"op": "replace", "path": "title", "value": "Head of Sales"}],
    }
    results = run(
        provider,
        new_user("mia", "Mia Berg", "1001"),
        {"method": "PUT", "path": f"/Users/{lee.uid}", "data": {**shown, "title": "CEO"}},
        {"method": "PATCH", "path": f"/Users/{nia.uid}", "data": patch},
        {"method": "DELETE", "path": f"/Groups/{group['id']}"},
    )

    assert [result["status"] for result in results] == ["201", "200", "200", "204"]
    assert [result["method"] for result in results] == ["POST", "PUT", "PATCH", "DELETE"]
    assert results[0]["bulkId"] == "mia"
    mia = provider.get(results[0]["location"].partition("/scim/v2")[2])
    assert results[0]["version"] == mia["meta"]["version"]
    assert results[1]["location"].endswith(f"/scim/v2/Users/{lee.uid}")
    assert all("response" not in result for result in results)
    lee.refresh_from_db()
    nia.refresh_from_db()
    assert (lee.job_title, nia.job_title) == ("CEO", "Head of Sales")
    assert not DirectoryGroup.objects.exists()


def test_references_reach_forwards_and_backwards(provider: Provider) -> None:
    results = run(
        provider,
        new_group("all", "Everybody", "bulkId:mia", "bulkId:bo"),
        new_user("mia", "Mia Berg", "1001", manager="bulkId:bo"),
        new_user("bo", "Bo Ek", "1002"),
        {
            "method": "PATCH",
            "path": "/Users/bulkId:bo",
            "data": {
                "schemas": [f"{MESSAGES}:PatchOp"],
                "Operations": [{"op": "add", "path": "title", "value": "Boss"}],
            },
        },
    )

    assert [result["status"] for result in results] == ["201", "201", "201", "200"]
    assert [result.get("bulkId") for result in results] == ["all", "mia", "bo", None]
    mia, bo = (Person.objects.get(given_name=name) for name in ("Mia", "Bo"))
    assert mia.manager == bo
    assert bo.job_title == "Boss"
    assert set(DirectoryGroup.objects.get().members.all()) == {mia, bo}


def test_what_fails_leaves_the_others(provider: Provider, lee: Person) -> None:
    results = run(
        provider,
        new_user("mia", "Mia Berg", "1001"),
        new_user("again", "Mia Berg", "1001"),
        {"method": "DELETE", "path": "/Users/0199a1b2-0000-7000-8000-00000000ffff"},
        {"method": "PATCH", "path": f"/Users/{lee.uid}", "data": {"schemas": []}},
        {"method": "PUT", "path": f"/Users/{lee.uid}", "version": 'W/"old"', "data": {}},
        new_group("g", "Sales", "bulkId:again"),
        new_user("bo", "Bo Ek", "1002"),
    )

    assert [result["status"] for result in results] == [
        "201",
        "409",
        "404",
        "400",
        "412",
        "400",
        "201",
    ]
    told = [result["response"].get("scimType") for result in results if "response" in result]
    assert told == ["uniqueness", None, "invalidSyntax", None, "invalidValue"]
    assert all(
        result["response"]["status"] == result["status"]
        for result in results
        if "response" in result
    )
    assert "location" not in results[1]
    assert results[3]["location"].endswith(f"/Users/{lee.uid}")
    assert "bulkId:again" in results[5]["response"]["detail"]
    assert Person.objects.filter(given_name__in=["Mia", "Bo"]).count() == 2


def test_error_is_what_the_single_request_answers(provider: Provider) -> None:
    bad = {**entra.user("Mia Berg", "1001"), "userName": ""}
    (result,) = run(provider, {"method": "POST", "path": "/Users", "bulkId": "x", "data": bad})
    assert result["response"] == provider.post("/Users", bad, status=400)


@pytest.mark.parametrize(("patience", "done"), [(1, 2), (2, 4), (3, 5)])
def test_stops_after_as_many_errors_as_were_named(
    provider: Provider, patience: int, done: int
) -> None:
    wrong = {"method": "DELETE", "path": "/Groups/nobody"}
    results = run(
        provider,
        new_group("a", "A"),
        wrong,
        new_group("b", "B"),
        wrong,
        new_group("c", "C"),
        failOnErrors=patience,
    )
    assert len(results) == done
    assert DirectoryGroup.objects.count() == done - min(patience, 2)


def test_circle_of_references_is_a_conflict(provider: Provider) -> None:
    results = run(
        provider,
        new_user("a", "Ann Ay", "1001", manager="bulkId:b"),
        new_user("b", "Ben Bee", "1002", manager="bulkId:a"),
        new_user("c", "Cy Sea", "1003", manager="bulkId:c"),
        new_user("d", "Di Dee", "1004", manager="bulkId:a"),
        new_user("e", "Eve Ee", "1005"),
    )
    assert [result["status"] for result in results] == ["409", "409", "409", "400", "201"]
    assert {r["response"]["scimType"] for r in results if "response" in r} == {"invalidValue"}


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ("delete", "object"),
        ({"path": "/Users", "bulkId": "a", "data": {}}, "NONE of /Users"),
        ({"method": "GET", "path": "/Users"}, "GET of /Users"),
        ({"method": "POST", "path": "/Users/1", "bulkId": "a", "data": {}}, "POST of /Users/1"),
        ({"method": "PUT", "path": "/Users", "data": {}}, "PUT of /Users"),
        ({"method": "POST", "path": "/Schemas", "bulkId": "a", "data": {}}, "POST of /Schemas"),
        ({"method": "DELETE", "path": "/Bulk/1"}, "DELETE of /Bulk/1"),
        ({"method": "DELETE"}, "DELETE of /"),
        ({"method": "DELETE", "path": 5}, "DELETE of /"),
        ({"method": "POST", "path": "/Groups", "data": {}}, "bulkId"),
        ({"method": "POST", "path": "/Groups", "bulkId": 5, "data": {}}, "bulkId"),
        ({"method": "POST", "path": "/Groups", "bulkId": "a", "data": []}, "data"),
        ({"method": "PATCH", "path": "/Groups/1"}, "data"),
        ({"method": "DELETE", "path": "/Groups/bulkId:zz"}, "bulkId:zz"),
    ],
)
def test_bad_operation_fails_alone(provider: Provider, operation: Any, said: str) -> None:
    results = run(provider, operation, new_group("g", "Sales"))
    assert [result["status"] for result in results] == ["400", "201"]
    assert said in results[0]["response"]["detail"]


def test_same_bulk_id_twice_and_deep_data_fail_alone(provider: Provider) -> None:
    deep: Any = {"a": 1}
    for _ in range(200):
        deep = {"a": deep}
    results = run(
        provider,
        new_group("g", "Sales"),
        new_group("g", "Support"),
        {"method": "POST", "path": "/Groups", "bulkId": "h", "data": deep},
    )
    assert [result["status"] for result in results] == ["201", "400", "400"]
    assert DirectoryGroup.objects.get().name == "Sales"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"Operations": []}, 400, BULK),
        ({"schemas": [BULK]}, 400, "Operations"),
        ({"schemas": [BULK], "Operations": []}, 400, "Operations"),
        (bulk(new_group("g", "Sales"), failOnErrors=0), 400, "failOnErrors"),
        (bulk(new_group("g", "Sales"), failOnErrors="1"), 400, "failOnErrors"),
        (bulk(*[new_group("g", "Sales")] * 1001), 413, "1000"),
        (bulk(new_group("g", "Sales" * 220_000)), 413, "bytes"),
    ],
)
def test_bad_request_does_nothing(
    provider: Provider, body: dict[str, Any], status: int, said: str
) -> None:
    assert said in provider.post("/Bulk", body, status=status)["detail"]
    assert not DirectoryGroup.objects.exists()


def test_long_chain_of_managers_is_made_in_one_request(provider: Provider) -> None:
    chain = [
        new_user(f"p{n}", f"P{n} Chain", str(2000 + n), manager=f"bulkId:p{n + 1}")
        for n in range(60)
    ]
    results = run(provider, *chain, new_user("p60", "P60 Chain", "2060"))
    assert {result["status"] for result in results} == {"201"}
    assert Person.objects.get(given_name="P0").manager == Person.objects.get(given_name="P1")


def test_who_may(acme: Company, globex: Company, visit: Visit) -> None:
    reader = connect(visit, acme, [Scope.PEOPLE_READ])
    assert "people:write" in reader.post("/Bulk", bulk(new_group("g", "S")), status=403)["detail"]
    with working_for(globex):
        stranger = connect(visit, globex)
    stranger.client = visit(acme)
    stranger.post("/Bulk", bulk(new_group("g", "S")), status=401)
    assert connect(visit, acme).ask("GET", "/Bulk").status_code == 405
    assert not DirectoryGroup.objects.exists()
