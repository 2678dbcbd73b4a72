"""The reference keeps its word: each example works, and answers are as it says they are."""

import json
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator
from pytest_django.fixtures import Settings
from time_machine import Traveller

from api.people.examples import ROWS
from api.webhooks.endpoints import add_endpoint
from api.webhooks.sending import send_test
from learning.actions import assign_path, hold_role
from learning.framing import Framing
from learning.models import Path, RoleHolding
from tenants.companies.models import Company
from tenants.people.models import Department, Person
from tests.api.asking import Visit, ask, issue, send
from tests.companies.webserver import serving
from tests.conftest import NOW
from tests.learning.calibrating import calibrated
from tests.people.hris import Sync, row

JSON, PATCH, PROBLEM = (
    "application/json",
    "application/merge-patch+json",
    "application/problem+json",
)
LOOPBACK = ip_address("127.0.0.1")
SCHEMA: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in SCHEMA["paths"].items():
        for method, operation in methods.items():
            if not path.startswith("/api/schema"):
                yield path, method, operation


def requests() -> Iterator[Any]:
    for path, method, operation in operations():
        for kind, content in operation.get("requestBody", {"content": {}})["content"].items():
            for name, example in content.get("examples", {}).items():
                label = f"{method}-{path}-{kind.split('/')[1]}-{name}"
                yield pytest.param(path, method, kind, example["value"], operation, id=label)


def answers() -> Iterator[Any]:
    for path, method, operation in operations():
        for status, response in operation["responses"].items():
            for kind, content in response.get("content", {}).items():
                for name, example in content.get("examples", {}).items():
                    label = f"{method}-{path}-{status}-{kind}-{name}"
                    yield pytest.param(content["schema"], example["value"], id=label)


@pytest.fixture
def client(acme: Company, visit: Visit, clock: Traveller) -> Client:
    return visit(acme)


@pytest.fixture
def taking(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server that takes webhooks; the example's host leads to this machine."""
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    monkeypatch.setattr("tenants.companies.addresses._resolve", lambda *_: [LOOPBACK])
    with serving() as server:
        yield server.url("/hook")


@pytest.fixture
def addresses(
    client: Client,
    sync: Sync,
    sales_path: Path,
    framing: Framing,
    taking: str,
) -> dict[str, str]:
    """Per path of the reference one that is there; the people of the examples work here."""
    run = sync(*ROWS, row(2055, external_id="HR-2055")).run
    assert run
    lee = Person.objects.get(external_id="HR-2041")
    ada = Person.objects.get(external_id="HR-1001")
    past = hold_role(person=ada, role=sales_path.role, source=RoleHolding.Source.HAND)
    given = assign_path(
        path=sales_path,
        people=[ada],
        outcome=sales_path.role.outcomes.get(slug="close-faster"),
        framing=framing,
        actor=None,
    )
    calibrated(sales_path.role, lee, at=NOW)
    endpoint, _ = add_endpoint(url=taking, actor=None)
    delivery = send_test(endpoint=endpoint)
    assert delivery
    delivery.record = delivery.uid  # as one of a record, which can be sent again
    delivery.save()
    uids = {
        "webhook-endpoints": endpoint.uid,
        "webhook-deliveries": delivery.uid,
        "people-syncs": run.uid,
        "people": lee.uid,
        "departments": Department.objects.get(name="Sales").uid,
        "role-holdings": past.uid,
        "paths": sales_path.uid,
        "assignments": given.assignments[0].uid,
    }
    filled = {path: path.replace("{external_id}", "HR-2041") for path, _, _ in operations()}
    for noun, uid in uids.items():
        filled = {
            path: address.replace(f"/{noun}/{{uid}}", f"/{noun}/{uid}")
            for path, address in filled.items()
        }
    return filled


def check(operation: dict[str, Any], answer: Any) -> None:
    """Status, type and body are among those the reference tells of."""
    assert str(answer.status_code) in operation["responses"]
    content = operation["responses"][str(answer.status_code)]["content"]
    kind = answer["Content-Type"]
    assert kind in content
    if kind in (JSON, PROBLEM):
        validator(content[kind]["schema"]).validate(answer.json())


def validator(schema: dict[str, Any]) -> Any:
    return Draft202012Validator(
        {**schema, "components": SCHEMA["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


@pytest.mark.parametrize(("path", "method", "kind", "example", "operation"), [*requests()])
def test_example_of_a_request_does_what_it_says(
    client: Client,
    addresses: dict[str, str],
    path: str,
    method: str,
    kind: str,
    example: Any,
    operation: dict[str, Any],
) -> None:
    schema = operation["requestBody"]["content"][kind]["schema"]
    validator(schema).validate(example)

    answer = send(client, method, addresses[path], issue(), example, content_type=kind)

    assert answer.status_code in (200, 201), answer.content
    check(operation, answer)
    if "counts" in answer.json():
        assert answer.json()["counts"]["failed"] == 0


@pytest.mark.parametrize(("schema", "example"), [*answers()])
def test_example_of_an_answer_is_as_the_reference_describes_it(schema: Any, example: Any) -> None:
    validator(schema).validate(json.loads(json.dumps(example)))


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        pytest.param(path, operation, id=path)
        for path, method, operation in operations()
        if method == "get"
    ],
)
def test_what_is_read_is_as_the_reference_describes_it(
    client: Client, addresses: dict[str, str], path: str, operation: dict[str, Any]
) -> None:
    assert "{" not in addresses[path]
    answer = ask(client, addresses[path], issue())
    assert answer.status_code == 200
    check(operation, answer)
    check(operation, ask(client, addresses[path], issue(), data={"zzz": "x"}))
    check(operation, ask(client, addresses[path], "tl_unknown"))
    check(operation, ask(client, addresses[path], issue([])))
    check(operation, ask(client, addresses[path], issue(), headers={"accept": "image/png"}))


@pytest.mark.parametrize(
    ("path", "method", "operation"),
    [
        pytest.param(path, method, operation, id=f"{method}-{path}")
        for path, method, operation in operations()
        if method != "get" and "requestBody" not in operation
    ],
)
def test_what_takes_no_body_answers_as_the_reference_describes_it(
    client: Client, addresses: dict[str, str], path: str, method: str, operation: dict[str, Any]
) -> None:
    answer = send(client, method, addresses[path], issue(), "")
    assert answer.status_code == 200
    check(operation, answer)
    check(operation, send(client, method, addresses[path], issue(), {"why": "no body"}))
    check(operation, send(client, method, f"{addresses[path]}?zzz=x", issue(), ""))
    unknown = path.replace("{uid}", "0199a1b2-0000-7000-8000-0000000000ff")
    check(operation, send(client, method, unknown, issue(), ""))


def misspelt(name: str) -> str:
    return f"{name[:-1]}{name[-1]}x"


@pytest.mark.parametrize(
    ("path", "method", "operation"),
    [
        pytest.param(path, method, operation, id=f"{method}-{path}")
        for path, method, operation in operations()
    ],
)
def test_unknown_parameter_is_refused_with_the_nearest_name(
    client: Client, addresses: dict[str, str], path: str, method: str, operation: dict[str, Any]
) -> None:
    known = [each["name"] for each in operation.get("parameters", []) if each.get("in") == "query"]
    name = known[-1] if known else "limit"
    kind, body = next(bodies_of(operation), (JSON, ""))
    if path == "/api/v1/people-syncs" and method == "post":
        kind, body = "text/csv", "external_id\n1\n"  # with JSON it is a member of the body

    answer = send(
        client,
        method,
        f"{addresses[path]}?{misspelt(name)}=1",
        issue(),
        body,
        content_type=kind,
        HTTP_ACCEPT="*/*",
    )

    assert answer.status_code == 400
    check(operation, answer)
    [error] = answer.json()["errors"]
    assert error["pointer"] == f"?{misspelt(name)}"
    assert (f"Did you mean {name}?" if known else "takes none") in error["detail"]


def bodies_of(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, content in operation.get("requestBody", {"content": {}})["content"].items():
        for example in content["examples"].values():
            if isinstance(example["value"], dict):
                yield kind, example["value"]


@pytest.mark.parametrize(
    ("path", "method", "kind", "example", "operation"),
    [
        pytest.param(path, method, kind, example, operation, id=f"{method}-{path}-{number}")
        for path, method, operation in operations()
        for number, (kind, example) in enumerate(bodies_of(operation))
    ],
)
def test_unknown_member_is_refused_with_the_nearest_name(
    client: Client,
    addresses: dict[str, str],
    path: str,
    method: str,
    kind: str,
    example: dict[str, Any],
    operation: dict[str, Any],
) -> None:
    name = next(iter(example))
    schema = operation["requestBody"]["content"][kind]["schema"]
    body = {**example, misspelt(name): 1}
    assert not validator(schema).is_valid(body)

    answer = send(client, method, addresses[path], issue(), body, content_type=kind)

    assert answer.status_code == 400
    check(operation, answer)
    [error] = answer.json()["errors"]
    assert error["pointer"] == f"#/{misspelt(name)}"
    assert f"Did you mean {name}?" in error["detail"]


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        pytest.param(path, operation, id=path)
        for path, method, operation in operations()
        if method == "get" and path.endswith("}")
    ],
)
def test_what_is_read_alone_is_not_sent_again_to_whom_has_it(
    client: Client, addresses: dict[str, str], path: str, operation: dict[str, Any]
) -> None:
    assert "304" in operation["responses"]
    first = ask(client, addresses[path], issue())
    again = ask(client, addresses[path], issue(), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    stale = ask(client, addresses[path], issue(), headers={"if-none-match": '"x"'})
    assert stale.status_code == 200


CHANGING = [
    pytest.param(path, method, operation, id=f"{method}-{path}")
    for path, method, operation in operations()
    if method in ("patch", "delete") or path.endswith(("/pause", "/withdrawal"))
]


@pytest.mark.parametrize(("path", "method", "operation"), CHANGING)
def test_what_changes_is_changed_only_by_whom_has_the_current_version(
    client: Client, addresses: dict[str, str], path: str, method: str, operation: dict[str, Any]
) -> None:
    page = addresses[path].removesuffix("/pause").removesuffix("/withdrawal")
    kind, body = next(bodies_of(operation), (JSON, ""))
    before = ask(client, page, issue())

    def change(tag: str) -> Any:
        headers = {"if-match": tag}
        return send(
            client, method, addresses[path], issue(), body, content_type=kind, headers=headers
        )

    stale = change('"x"')
    assert stale.status_code == 412
    check(operation, stale)
    assert ask(client, page, issue()).content == before.content
    done = change(f'"x", {before["ETag"]}')
    assert done.status_code == 200, done.content
    check(operation, done)


def test_every_operation_has_an_example_of_each_body_and_answer() -> None:
    for path, method, operation in operations():
        parts = [operation.get("requestBody", {"content": {}})]
        parts += [answer for status, answer in operation["responses"].items() if status < "300"]
        for part in parts:
            for kind, content in part.get("content", {}).items():
                assert content.get("examples"), (method, path, kind)


def test_what_all_operations_share_is_told() -> None:
    for path, method, operation in operations():
        assert {"429", "503"} <= operation["responses"].keys(), path
        told = operation["responses"]["400"]["headers"]
        assert {"X-Request-Id", "RateLimit", "RateLimit-Policy"} <= told.keys(), path
        keyed = {"$ref": "#/components/parameters/IdempotencyKey"} in operation.get(
            "parameters", []
        )
        assert keyed == (method == "post"), path
        assert "422" in operation["responses"] or method != "post", path


def test_every_operation_is_explained_and_shown() -> None:
    for path, method, operation in operations():
        assert operation["summary"], path
        assert "Needs the scope" in operation["description"], path
        assert {"400", "401", "403"} <= operation["responses"].keys(), path
        bodies = operation.get("requestBody", {"content": {}})["content"]
        assert not bodies or any(body.get("examples") for body in bodies.values()), path
        assert not bodies or {"411", "413", "415"} <= operation["responses"].keys(), path
        singular = path.endswith(("/withdrawal", "/pause", "/test", "/replay"))
        assert method in ("get", "delete") or bodies or singular, path
