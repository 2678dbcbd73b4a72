"""One word for a request, on both sides: in its answer, our log and the tasks it set going."""

import logging
from typing import Any
from uuid import UUID

import pytest
from celery import current_app, shared_task
from celery.signals import task_postrun, task_prerun
from django.test import Client

from tenants.companies.actions import suspend_company
from tenants.companies.connections import connection
from tenants.companies.logs import CompanyFormatter
from tenants.companies.models import Company
from tenants.companies.request_ids import asked_as, carry, request_id
from tests.api.asking import FEED, Visit, ask


@pytest.fixture
def client(acme: Company, visit: Visit) -> Client:
    return visit(acme)


PATHS = ["/api/v1/roles", "/api/nothing", "/scim/v2/Users", "/accounts/login/", "/nothing"]


@pytest.mark.parametrize("path", PATHS)
def test_own_word_comes_back(client: Client, path: str) -> None:
    assert ask(client, path, headers={"x-request-id": "hris-42"})["X-Request-Id"] == "hris-42"


@pytest.mark.parametrize("given", [None, "", "two words", "a\tb", "ü", "x" * 129, "<script>"])
def test_anything_else_gets_one_of_ours(client: Client, given: str | None) -> None:
    headers = {} if given is None else {"x-request-id": given}
    told = [ask(client, FEED, headers=headers)["X-Request-Id"] for _ in range(2)]
    assert UUID(told[0]).version == 7
    assert told[0] != told[1]


@pytest.mark.parametrize("suspended", [True, False])
def test_also_where_no_company_answers(acme: Company, client: Client, suspended: bool) -> None:
    if suspended:
        suspend_company(company=acme, reason="Not paid.")
        answer = ask(client, FEED)
        assert answer.status_code == 503
    else:
        answer = Client(headers={"host": "nobody.localhost"}).get(FEED)
        assert answer.status_code == 404
    assert UUID(answer["X-Request-Id"]).version == 7


def test_log_lines_name_it(acme: Company) -> None:
    formatter = CompanyFormatter("{company} {request}: {message}", style="{")
    record = logging.LogRecord("test", logging.INFO, __file__, 1, "hello", None, None)
    with asked_as("hris-42"):
        assert formatter.format(record) == "c_acme hris-42: hello"
    assert formatter.format(record) == "c_acme -: hello"


def test_our_own_fault_tells_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("api.authentication._token", crash)
    client.raise_request_exception = False
    answer = ask(client, FEED, "tl_x", headers={"x-request-id": "hris-42"})
    assert answer.status_code == 500
    assert answer.json()["request_id"] == "hris-42"


def test_a_task_carries_it_and_puts_it_down(acme: Company) -> None:
    @shared_task(name="tests.tell")
    def tell() -> str:
        return request_id()

    headers: dict[str, Any] = {}
    with asked_as("hris-42"):
        carry(headers=headers)
    task = current_app.tasks["tests.tell"]
    task.push_request(delivery_info={"routing_key": "celery"}, is_eager=False, **headers)
    try:
        for signal, expected in ((task_prerun, "hris-42"), (task_postrun, "")):
            signal.send(sender=task, task_id="1", task=task, args=(), kwargs={})
            assert request_id() == expected
    finally:
        task.pop_request()
        connection.set_tenant(acme)
