import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api import authentication
from api.models import ApiToken, Scope
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.api.asking import FEED, Visit, ask, issue
from tests.conftest import NOW


def test_wrong_tokens_are_refused_alike(acme: Company, globex: Company, visit: Visit) -> None:
    with working_for(globex):
        foreign = issue()
    expired = issue(expires_at=timezone.now() - timedelta(seconds=1))
    client = visit(acme)

    answers = [ask(client, FEED, token) for token in (None, "tl_unknown", "", expired, foreign)]
    answers.append(ask(client, FEED, headers={"authorization": f"Basic {issue()}"}))

    for answer in answers:
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json() == answers[0].json()


def test_token_works_at_its_own_company_only(acme: Company, globex: Company, visit: Visit) -> None:
    token = issue()
    assert ask(visit(acme), FEED, token).status_code == 200
    assert ask(visit(globex), FEED, token).status_code == 401


def test_session_opens_nothing(acme: Company, visit: Visit, olive: Person) -> None:
    assert visit(acme, olive).get(FEED).status_code == 401


def test_token_is_nowhere_in_clear(acme: Company) -> None:
    text = issue()
    assert all(text not in str(value) for value in ApiToken.objects.values_list())


def test_missing_scope_is_named(acme: Company, visit: Visit) -> None:
    everything_else = [scope for scope in Scope.values if scope != Scope.RECORDS_READ]
    answer = ask(visit(acme), FEED, issue(everything_else))
    assert answer.status_code == 403
    assert "learning-records:read" in answer.json()["detail"]


def test_use_is_noted_every_five_minutes(
    acme: Company, visit: Visit, clock: time_machine.Traveller
) -> None:
    client, token = visit(acme), issue()
    for minutes, noted in ((0, 0), (4, 0), (6, 6), (10, 6), (12, 12)):
        clock.move_to(NOW + timedelta(minutes=minutes))
        assert ask(client, FEED, token).status_code == 200
        assert ApiToken.objects.get().last_used_at == NOW + timedelta(minutes=noted)


def test_remembered_token_costs_no_query_and_ends_when_it_says(
    acme: Company, visit: Visit, clock: time_machine.Traveller
) -> None:
    client, token = visit(acme), issue(expires_at=NOW + timedelta(seconds=5))
    first = ask(client, FEED, token)
    assert first.status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert ask(client, FEED, token).json() == first.json()
    assert not any("api_apitoken" in query["sql"] for query in queries)
    clock.shift(timedelta(seconds=5))
    assert ask(client, FEED, token).status_code == 401


def test_deleted_token_is_refused_at_once(acme: Company, visit: Visit) -> None:
    client, token = visit(acme), issue()
    assert ask(client, FEED, token).status_code == 200
    ApiToken.objects.all().delete()
    assert ask(client, FEED, token).status_code == 401


def test_what_another_process_does_is_noticed_in_a_moment(
    acme: Company, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, token = visit(acme), issue()
    assert ask(client, FEED, token).status_code == 200
    ApiToken.objects.update(expires_at=timezone.now())  # nothing tells this process
    later = time.monotonic() + authentication.KEPT
    monkeypatch.setattr("api.authentication.time.monotonic", lambda: later)
    assert ask(client, FEED, token).status_code == 401


def test_root_domain_has_no_api(acme: Company, client: Client) -> None:
    assert client.get(FEED, headers={"host": "localhost"}).status_code == 404
