"""Refusals: each a SCIM Error that names what is wrong, with nothing written."""

import json
from typing import Any

import pytest

from api.scim.resources import BULK_BYTES
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person, SyncRun
from tests.api.asking import Visit, issue
from tests.api.scim.provider import CORE, ENTERPRISE, MEDIA_TYPE, MESSAGES, OURS, Provider, connect

USER = f"{CORE}:User"


def error_in(answer: Any, status: int) -> Any:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == MEDIA_TYPE
    told = answer.json()
    assert told["schemas"] == [f"{MESSAGES}:Error"]
    assert told["status"] == str(status)
    return told


def test_wrong_tokens_are_refused_alike(acme: Company, globex: Company, visit: Visit) -> None:
    with working_for(globex):
        foreign = issue()
    client = visit(acme)
    told = [
        error_in(client.get("/scim/v2/Users", headers=headers), 401)
        for headers in (
            {},
            {"authorization": "Bearer tl_unknown"},
            {"authorization": f"Bearer {foreign}"},
            {"authorization": f"Basic {issue()}"},
        )
    ]
    assert all(each == told[0] for each in told)
    assert client.get("/scim/v2/Users")["WWW-Authenticate"].startswith("Bearer")


def test_session_opens_nothing(acme: Company, visit: Visit, olive: Person) -> None:
    error_in(visit(acme, olive).get("/scim/v2/Users"), 401)


def test_missing_scope_is_named(acme: Company, visit: Visit) -> None:
    reader = connect(visit, acme, ["people:read"])
    told = error_in(reader.ask("POST", "/Users", {}), 403)
    assert "people:write" in told["detail"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_unknown_address(acme: Company, visit: Visit, method: str) -> None:
    for path in ("", "/", "/Printers", "/Users/", "/Schemas/x/y", "/users"):
        error_in(visit(acme).generic(method, f"/scim/v2{path}"), 404)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_a_token_is_nobody_in_particular(provider: Provider, method: str) -> None:
    error_in(provider.ask(method, "/Me", {}), 501)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/Users", "GET, POST, HEAD"),
        ("POST", "/Users/1", "GET, PUT, PATCH, DELETE, HEAD"),
        ("GET", "/.search", "POST"),
        ("OPTIONS", "/Users", "GET, POST, HEAD"),
        ("DELETE", "/Schemas", "GET, HEAD"),
    ],
)
def test_wrong_method(provider: Provider, method: str, path: str, allowed: str) -> None:
    answer = provider.ask(method, path, {})
    error_in(answer, 405)
    assert set(answer["Allow"].split(", ")) == set(allowed.split(", "))


@pytest.mark.parametrize(
    "uid", ["1", "00000000-0000-0000-0000-000000000000", "a" * 2_000, "%00", "%2E%2E"]
)
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_nobody_by_that_id(provider: Provider, method: str, uid: str) -> None:
    error_in(provider.ask(method, f"/Users/{uid}", {"schemas": [USER], "userName": "x"}), 404)


def test_other_companys_person_is_nobody(provider: Provider, gus: Person) -> None:
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        body = {"schemas": [USER], "userName": "x"}
        error_in(provider.ask(method, f"/Users/{gus.uid}", body), 404)


def send(provider: Provider, text: str | bytes, content_type: str = MEDIA_TYPE) -> Any:
    return provider.client.generic(
        "POST", "/scim/v2/Users", text, content_type=content_type, headers=provider.headers
    )


@pytest.mark.parametrize("content_type", ["text/csv", "application/xml", "", "application"])
def test_wrong_media_type(provider: Provider, content_type: str) -> None:
    assert "application/scim+json" in error_in(send(provider, "{}", content_type), 415)["detail"]


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/scim+json; charset=utf-8",
        "APPLICATION/SCIM+JSON;charset=UTF-8",
    ],
)
def test_both_media_types_are_read(provider: Provider, content_type: str) -> None:
    body = json.dumps({"schemas": [USER], "userName": "Bo"})
    assert send(provider, body, content_type).status_code == 201


@pytest.mark.parametrize(
    "text",
    [
        *(" ", "{", "[]", '"x"', "null", b"\xff\xfe", '{"a": NaN}', "{}x"),
        *("[" * 100_000, "1" * 10_000, json.dumps({"a": 1}).encode("utf-16")),
    ],
)
def test_body_that_is_no_object(provider: Provider, text: str | bytes) -> None:
    assert error_in(send(provider, text), 400)["scimType"] == "invalidSyntax"


@pytest.mark.parametrize(
    "text", ['{"userName": "a", "userName": "b"}', '{"name": {"givenName": "a", "GIVENNAME": "b"}}']
)
def test_attribute_that_is_there_twice_is_named(provider: Provider, text: str) -> None:
    told = error_in(send(provider, text), 400)["detail"].lower()
    assert "name' is there more than once" in told


def test_message_of_an_error_does_not_repeat_endless_values(
    provider: Provider, ada: Person
) -> None:
    change = {"op": "replace", "path": "active", "value": "x" * 100_000}
    body = {"schemas": [f"{MESSAGES}:PatchOp"], "Operations": [change]}
    told = error_in(provider.ask("PATCH", f"/Users/{ada.uid}", body), 400)
    assert "active" in told["detail"]
    assert len(told["detail"]) < 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"CONTENT_ENCODING": "gzip"}, 415),
        ({"content_type": f"{MEDIA_TYPE}; charset=latin-1"}, 415),
        ({"CONTENT_LENGTH": ""}, 411),
        ({"CONTENT_LENGTH": "9" * 30}, 413),
        ({"CONTENT_LENGTH": "1000"}, 400),
    ],
)
def test_body_that_is_not_sent_whole_and_plain(
    provider: Provider, sent: dict[str, Any], status: int
) -> None:
    body = json.dumps({"schemas": [USER], "userName": "bo"})
    if coding := sent.pop("CONTENT_ENCODING", None):
        sent["HTTP_CONTENT_ENCODING"] = coding
    answer = provider.client.generic(
        "POST",
        "/scim/v2/Users",
        body,
        **{"content_type": MEDIA_TYPE, "headers": provider.headers, **sent},
    )
    error_in(answer, status)
    assert not Person.objects.exists()


@pytest.mark.parametrize("kind", ["Users", "Groups"])
def test_moment_that_postgresql_cannot_read_is_compared_in_utc(
    provider: Provider, ada: Person, kind: str
) -> None:
    told = provider.get(f'/{kind}?filter=meta.created gt "0001-01-01T00:00:00-23:59"')
    assert told["totalResults"] == (kind == "Users")
    filter_ = 'meta.created gt "0001-01-01T00:00:00%2B14:00"'
    error = error_in(provider.ask("GET", f"/{kind}?filter={filter_}"), 400)
    assert (error["scimType"], "meta.created" in error["detail"]) == ("invalidFilter", True)


@pytest.mark.parametrize(
    ("operations", "status", "told"),
    [
        (
            [
                {"op": "add", "path": "emails", "value": [{"value": f"a{n}@x.example"}]}
                for n in range(99)
            ],
            400,
            "emails",
        ),
        (
            [{"op": "add", "value": {f'emails[type eq "t{n}"].value': "a" for n in range(1_001)}}],
            413,
            "1001 changes",
        ),
        (
            [{"op": "add", "path": f'emails[type eq "{"x" * 4_000}"].value', "value": "a"}],
            400,
            "path",
        ),
    ],
)
def test_changes_that_would_take_minutes_are_refused(
    provider: Provider, ada: Person, operations: list[Any], status: int, told: str
) -> None:
    body = {"schemas": [f"{MESSAGES}:PatchOp"], "Operations": operations}
    error = error_in(provider.ask("PATCH", f"/Users/{ada.uid}", body), status)
    assert told in error["detail"]
    assert not SyncRun.objects.exists()


def test_body_that_is_too_long_is_not_read(provider: Provider) -> None:
    told = error_in(send(provider, b"x" * (BULK_BYTES + 1)), 413)
    assert str(BULK_BYTES) in told["detail"]


@pytest.mark.parametrize(
    ("wrong", "scim_type", "told"),
    [
        ({"userName": None}, "invalidValue", "userName"),
        ({"userName": " "}, "invalidValue", "userName"),
        ({"userName": 5}, "invalidValue", "userName"),
        ({"userName": "x" * 201}, "invalidValue", "userName"),
        ({"userName": "a\x00b"}, "invalidValue", "userName"),
        ({"userName": "a\ud800b"}, "invalidValue", "userName"),
        ({"schemas": None}, "invalidSyntax", USER),
        ({"schemas": []}, "invalidSyntax", USER),
        ({"schemas": [USER, "urn:x:y"], "urn:x:y": {"a": 1}}, "invalidSyntax", "urn:x:y"),
        ({"username": "bob"}, "invalidSyntax", "username"),
        ({"schemas": [f"{CORE}:Group"]}, "invalidSyntax", USER),
        ({"schemas": USER}, "invalidSyntax", USER),
        ({"shoeSize": 42}, "invalidSyntax", "shoeSize"),
        ({"urn:x:y:2.0:User": {}}, "invalidSyntax", "urn:x:y:2.0:User"),
        ({"title": {"value": {}}}, "invalidValue", "title"),
        ({"title": True}, "invalidValue", "title"),
        ({"title": "x" * 151}, "invalidValue", "title"),
        ({"active": "perhaps"}, "invalidValue", "active"),
        ({"name": "Bo"}, "invalidValue", "name"),
        ({"name": {"nick": "Bo"}}, "invalidValue", "nick"),
        ({"name": {"givenName": "x" * 101}}, "invalidValue", "name.givenName"),
        ({"emails": [{"value": "no address"}]}, "invalidValue", "emails.value"),
        ({"emails": [{"size": 1}]}, "invalidValue", "size"),
        ({"emails": "no address"}, "invalidValue", "emails.value"),
        ({"externalId": 5}, "invalidValue", "externalId"),
        ({ENTERPRISE: "Sales"}, "invalidSyntax", ENTERPRISE),
        ({ENTERPRISE: {"depart": "Sales"}}, "invalidSyntax", "depart"),
        ({ENTERPRISE: {"employeeNumber": "x" * 61}}, "invalidValue", "employeeNumber"),
        ({ENTERPRISE: {"manager": {"value": "x" * 201}}}, "invalidValue", "manager.value"),
        ({ENTERPRISE: {"costCenter": "\x00"}}, "invalidValue", "costCenter"),
        ({ENTERPRISE: {"costCenter": "x" * 1_001}}, "invalidValue", "costCenter"),
        ({"timezone": "x" * 1_001}, "invalidValue", "timezone"),
        ({"nickName": "Bo\x1b"}, "invalidValue", "nickName"),
        ({OURS: {"hireDate": "18.11.2026"}}, "invalidValue", f"{OURS}:hireDate"),
        ({OURS: {"endDate": "2026-02-30T00:00:00Z"}}, "invalidValue", f"{OURS}:endDate"),
        ({OURS: {"employmentStatus": "retired"}}, "invalidValue", f"{OURS}:employmentStatus"),
    ],
)
def test_bad_user_is_refused_by_name(
    provider: Provider, wrong: dict[str, Any], scim_type: str, told: str
) -> None:
    body = {"schemas": [USER], "userName": "bo", **wrong}
    error = provider.post("/Users", body, status=400)
    assert (error["scimType"], told in error["detail"]) == (scim_type, True), error
    assert not Person.objects.exists()
    assert not SyncRun.objects.exists()


def test_unknown_parameters_of_one_user_are_refused(provider: Provider, ada: Person) -> None:
    for method, path in (("GET", f"/Users/{ada.uid}"), ("DELETE", f"/Users/{ada.uid}")):
        told = error_in(provider.ask(method, f"{path}?force=1", {}), 400)
        assert "force" in told["detail"]
    body = {"schemas": [USER], "userName": "bo"}
    assert "force" in provider.post("/Users?force=1", body, status=400)["detail"]
    assert Person.objects.get() == ada


def test_our_own_fault_is_told_without_details(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("api.scim.user_views.find_person", break_down)
    provider.client.raise_request_exception = False
    answer = provider.ask("GET", "/Users/1")
    assert "secret" not in json.dumps(error_in(answer, 500))
    assert "the secret of the house" in caplog.text
