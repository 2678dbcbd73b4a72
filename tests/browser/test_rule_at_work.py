"""The HRIS pushes somebody new into a running demo; a worker gives them role and path by rule."""

import json
import time
import urllib.request
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]
PATIENCE = 60  # seconds


def test_a_new_hire_is_given_their_path_by_rule(demo: Demo) -> None:
    acme = demo.company("Acme")
    row = {
        "external_id": "rule-1",
        "email": "io.petrova@acme.example",
        "given_name": "Io",
        "family_name": "Petrova",
        "job_title": "Sales Development Representative",
        "location": "Berlin",
        "hired_on": datetime.now(UTC).date().isoformat(),
    }
    ask(acme, "people-syncs", {"rows": [row], "mode": "partial"})
    uid = ask(acme, "people/external:rule-1")["uid"]
    deadline = time.monotonic() + PATIENCE
    while not (given := ask(acme, f"assignments?person={uid}")["assignments"]):
        assert time.monotonic() < deadline, "the worker gave nothing"
        time.sleep(0.5)
    [assignment] = given
    assert assignment["source"] == "rule"
    assert assignment["framing"]["because"].startswith(
        "one in three of the meetings booked in Berlin was empty last month"
    )
    holdings = ask(acme, f"role-holdings?person={uid}")["role_holdings"]
    assert [holding["source"] for holding in holdings] == ["rule"]


def ask(company: dict[str, Any], path: str, body: dict[str, Any] | None = None) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{urlsplit(company['url']).port}/api/v1/{path}",
        data=json.dumps(body).encode() if body else None,
        headers={
            "Host": urlsplit(company["url"]).netloc,
            "Authorization": f"Bearer {company['api_token']}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)
