"""Paths over REST: what an assignment names."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.models import Scope
from learning.actions import keep_version
from learning.framing import Framing
from learning.models import Path, Role, Step
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.api.asking import Visit, ask, issue, send

PATHS = "/api/v1/paths"


@pytest.fixture
def client(acme: Company, visit: Visit) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.ASSIGNMENTS_READ])


def listed(client: Client, token: str, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(client, PATHS, token, data=asked).json()["paths"]
    return found


def test_a_path_is_told_with_its_role_its_outcomes_and_its_steps_in_order(
    client: Client, token: str, sales_path: Path
) -> None:
    [told] = listed(client, token)
    assert (told["uid"], told["slug"]) == (str(sales_path.uid), sales_path.slug)
    assert told["role"]["slug"] == "account-executive"
    slugs = list(sales_path.role.outcomes.values_list("slug", flat=True))
    assert [each["slug"] for each in told["outcomes"]] == slugs
    titles = list(sales_path.steps.order_by("position").values_list("title", flat=True))
    assert [each["title"] for each in told["steps"]] == titles
    assert any(each["quick_win"] for each in told["steps"])
    assert ask(client, f"{PATHS}/{sales_path.uid}", token).json() == told


def test_what_it_tells_is_what_an_assignment_takes(
    client: Client, sales_path: Path, lee: Person, framing: Framing
) -> None:
    token = issue([Scope.ASSIGNMENTS_READ, Scope.ASSIGNMENTS_WRITE])
    [told] = listed(client, token, status="published")
    body = {
        "path": {"uid": told["uid"]},
        "outcome": {"uid": told["outcomes"][0]["uid"]},
        "people": [{"uid": str(lee.uid)}],
        "framing": {"claim": framing.claim, "because": framing.because, "sign": framing.sign},
    }
    answer = send(client, "post", "/api/v1/assignments", token, body)
    assert answer.status_code == 201, answer.content


def test_drafts_are_told_apart(client: Client, token: str, sales_path: Path) -> None:
    Path.objects.create(role=sales_path.role, slug="next", name="Next")
    assert [each["slug"] for each in listed(client, token, status="draft")] == ["next"]
    assert len(listed(client, token)) == 2
    answer = ask(client, PATHS, token, data={"status": "lost"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "?status"


def test_copies_that_people_keep_are_not_told_and_steps_keep_their_name(
    client: Client, token: str, sales_path: Path, lee: Person, assign: Any
) -> None:
    before = listed(client, token)[0]["steps"]
    assign(lee)
    assert keep_version(path=sales_path)
    Step.objects.filter(path=sales_path).update(effort="1 day")
    after = listed(client, token)[0]["steps"]
    assert [each["uid"] for each in after] == [each["uid"] for each in before]
    assert {each["effort"] for each in after} == {"1 day"}


def test_whoever_has_the_current_one_is_told_so(
    client: Client, token: str, sales_path: Path
) -> None:
    page = f"{PATHS}/{sales_path.uid}"
    tag = ask(client, page, token)["ETag"]
    assert ask(client, page, token, headers={"if-none-match": tag}).status_code == 304
    Path.objects.filter(pk=sales_path.pk).update(summary="Another")
    assert ask(client, page, token, headers={"if-none-match": tag}).status_code == 200


def test_many_cost_what_one_does(client: Client, token: str, sales_path: Path) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            listed(client, token)
        return len(queries)

    cost()
    one = cost()
    for number in range(9):
        role = Role.objects.create(slug=f"r{number}", name=f"R{number}")
        path = Path.objects.create(role=role, slug=f"p{number}", name=f"P{number}")
        Step.objects.create(path=path, slug="s", position=1, title="Read", kind=Step.Kind.READ)
    assert cost() == one
