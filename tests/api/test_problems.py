from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tenants.companies.models import Company
from tests.api.asking import FEED, Visit, ask, issue, send

MEMBERS = {"type", "title", "status", "detail", "instance"}


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nothing", f"{FEED}/"])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_unknown_address_is_a_problem(acme: Company, visit: Visit, path: str, method: str) -> None:
    answer = getattr(visit(acme), method)(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()) == MEMBERS
    assert answer.json()["instance"] == path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method_is_a_problem(acme: Company, visit: Visit, method: str) -> None:
    answer = getattr(visit(acme), method)(FEED, headers={"authorization": f"Bearer {issue()}"})
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Content-Type"] == "application/problem+json"


def test_unknown_media_type_is_a_problem(acme: Company, visit: Visit) -> None:
    answer = ask(visit(acme), FEED, issue(), headers={"accept": "text/csv"})
    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"


def test_our_own_fault_is_a_problem_without_details(
    acme: Company, visit: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(**_: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("api.records.records.read_page", break_down)
    client = visit(acme)
    client.raise_request_exception = False

    answer = ask(client, FEED, issue())

    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert "secret" not in answer.content.decode()
    assert answer.json()["request_id"] == answer["X-Request-Id"]
    assert "the secret of the house" in caplog.text


HOLDINGS = "/api/v1/role-holdings"
SENT: list[tuple[int, str | bytes, dict[str, Any]]] = [
    (400, "{", {}),
    (400, "[1]", {}),
    (400, '{"person": NaN}', {}),
    (400, '{"a": 1, "a": 2}', {}),
    (400, b'{"a": "\xff"}', {}),
    (400, "[" * 30 + "]" * 30, {}),
    (413, " " * 1_048_577, {}),
    (415, "{}", {"content_type": "text/plain"}),
    (415, "{}", {"content_type": "application/json; charset=latin-1"}),
    (415, "{}", {"headers": {"content-encoding": "gzip"}}),
    (406, "{}", {"headers": {"accept": "image/png"}}),
    (411, "{}", {"HTTP_TRANSFER_ENCODING": "chunked"}),
]


@pytest.mark.parametrize(("status", "body", "options"), SENT)
def test_body_that_cannot_be_used_is_a_problem(
    acme: Company, visit: Visit, status: int, body: Any, options: dict[str, Any]
) -> None:
    answer = send(visit(acme), "POST", HOLDINGS, issue(), body, **options)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert set(told) == MEMBERS | ({"errors"} if status == 400 else set())
    if status == 400:
        assert all(error["pointer"] and error["detail"] for error in told["errors"])


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("nobody.localhost", FEED, 404),
        ("localhost", FEED, 404),
        ("a b", FEED, 404),
        ("acme.localhost", f"{FEED}?{'&'.join(f'p{n}=1' for n in range(1_100))}", 400),
        ("acme.localhost", "/api/v1/people/%00", 404),
        ("acme.localhost", "/api/%ff", 404),
    ],
)
def test_request_that_reaches_no_view_is_a_problem_too(
    acme: Company, host: str, path: str, status: int
) -> None:
    answer = ask(Client(headers={"host": host}, raise_request_exception=False), path, issue())
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()) >= MEMBERS
    assert answer.json()["status"] == status


def test_crash_before_the_view_is_a_problem_too(
    acme: Company, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("the secret of the house")

    client = visit(acme)
    client.raise_request_exception = False
    monkeypatch.setattr("tenants.companies.middleware.company_at", break_down)
    answer = ask(client, FEED)
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert "secret" not in answer.content.decode()
    assert answer.json()["request_id"] == answer["X-Request-Id"]
    assert ask(client, "/")["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/api/v1/roles", FEED, "/api/v1/people-syncs"])
def test_options_tells_the_methods(acme: Company, visit: Visit, path: str) -> None:
    answer = visit(acme).options(path, headers={"authorization": f"Bearer {issue()}"})
    assert answer.status_code == 204
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer["Allow"].split(", "))
    assert answer.content == b""


def test_head_answers_as_get(acme: Company, visit: Visit) -> None:
    answer = visit(acme).head(FEED, headers={"authorization": f"Bearer {issue()}"})
    assert answer.status_code == 200
    assert answer.content == b""


def test_schema_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True)
    assert "/api/v1/learning-records" in capsys.readouterr().out


@pytest.mark.parametrize("path", ["/api/docs", "/api/schema"])
def test_reference_is_found_without_its_slash(acme: Company, visit: Visit, path: str) -> None:
    assert visit(acme).get(path)["Location"] == f"{path}/"


def test_docs_need_no_exception_from_the_policy(acme: Company, visit: Visit) -> None:
    client = visit(acme)
    page = ask(client, "/api/docs/")
    assert "unsafe" not in page["Content-Security-Policy"]
    assert b"<style" not in page.content
    assert b"SwaggerUIBundle(" in ask(client, "/api/docs/?script=").content
