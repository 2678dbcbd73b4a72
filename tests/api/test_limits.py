"""How often one may ask, told with every answer; nobody's limit is anybody else's."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from time_machine import Traveller

from tenants.companies.context import working_for
from tenants.companies.models import Company
from tests.api.asking import FEED, Visit, ask, issue

ROLES = "/api/v1/roles"


@pytest.fixture
def client(acme: Company, visit: Visit, settings: Settings) -> Client:
    settings.API_LIMITS = {"token": 3, "stranger": 2}
    return visit(acme)


@pytest.mark.parametrize("path", [ROLES, f"{ROLES}?zzz=1", "/scim/v2/Users"])
def test_every_answer_tells_what_is_left(client: Client, clock: Traveller, path: str) -> None:
    token = issue()
    for left in (2, 1):
        answer = ask(client, path, token)
        assert answer["RateLimit-Policy"] == '"token";q=3;w=60'
        assert answer["RateLimit"] == f'"token";r={left};t=60'
    clock.shift(20)
    assert ask(client, path, token)["RateLimit"] == '"token";r=0;t=40'


def test_past_the_limit_is_a_problem_until_the_minute_is_over(
    client: Client, clock: Traveller
) -> None:
    token = issue()
    assert [ask(client, ROLES, token).status_code for _ in range(4)] == [200, 200, 200, 429]
    clock.shift(50)
    answer = ask(client, ROLES, token)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "10"
    assert answer["RateLimit"] == '"token";r=0;t=10'
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("#quota-exceeded")
    assert ask(client, ROLES, issue(name="BI")).status_code == 200
    clock.shift(10)
    assert ask(client, ROLES, token).status_code == 200


def test_scim_says_it_in_its_own_words(client: Client, clock: Traveller) -> None:
    token = issue()
    for _ in range(3):
        ask(client, "/scim/v2/Users", token)
    answer = ask(client, "/scim/v2/Users", token)
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/scim+json"
    assert answer["Retry-After"] == "60"


def test_one_company_uses_up_nothing_of_another(
    client: Client, globex: Company, visit: Visit, clock: Traveller
) -> None:
    with working_for(globex):
        theirs = issue()
    token = issue()
    for _ in range(4):
        ask(client, ROLES, token)
        ask(client, ROLES, "tl_unknown")
    assert ask(visit(globex), ROLES, theirs)["RateLimit"] == '"token";r=2;t=60'
    assert ask(visit(globex), ROLES, "tl_unknown")["RateLimit"] == '"stranger";r=1;t=60'


def test_wrong_tokens_are_counted_by_address_and_close_it_to_no_good_one(
    client: Client, clock: Traveller
) -> None:
    spoofed = {"x-forwarded-for": "203.0.113.9"}
    assert ask(client, ROLES).status_code == 401
    assert ask(client, ROLES, "tl_1").status_code == 401
    assert ask(client, ROLES, "tl_2", headers=spoofed).status_code == 429
    assert ask(client, ROLES, "tl_3", REMOTE_ADDR="203.0.113.9").status_code == 401
    assert ask(client, ROLES, issue()).status_code == 200


def test_it_costs_no_query(
    acme: Company, visit: Visit, django_assert_num_queries: object, settings: Settings
) -> None:
    client, token = visit(acme), issue()
    ask(client, FEED, token)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert "RateLimit" in ask(client, ROLES, token)


def test_memory_has_an_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.limits.MOST_KEYS", 3)
    from api import limits

    for number in range(20):
        limits.count("stranger", number)
    assert len(limits._windows) <= 3
