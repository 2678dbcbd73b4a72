import pytest
from django.core.management import call_command

from tenants.companies.models import Company
from tests.api.asking import FEED, Visit, ask, issue

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

    monkeypatch.setattr("api.records.read_page", break_down)
    client = visit(acme)
    client.raise_request_exception = False

    answer = ask(client, FEED, issue())

    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert "secret" not in answer.content.decode()
    assert "the secret of the house" in caplog.text


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
