"""What is wrong with a new assignment is told in its place, and nobody gets the path."""

from typing import Any

import pytest
from django.test import Client
from time_machine import Traveller

from api.assignments import giving
from api.assignments.examples import FRAMING
from api.models import Scope
from learning.library import load_role
from learning.models import Assignment, Path, Role
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person
from tests.api.asking import Visit, ask, issue
from tests.api.assigning import ASSIGNMENTS, body_for, give

UID = "0199a1b2-0000-7000-8000-0000000000ff"


@pytest.fixture
def client(acme: Company, visit: Visit, clock: Traveller) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.ASSIGNMENTS_WRITE])


@pytest.mark.parametrize(
    ("members", "pointer", "said"),
    [
        ({"path": UID}, "#/path", "exactly one of"),
        ({"path": {"uid": UID}}, "#/path/uid", "no path here"),
        ({"path": {"slug": "swimming"}}, "#/path/slug", "no path here"),
        ({"outcome": None}, "#/outcome", "exactly one of"),
        ({"outcome": {"uid": UID}}, "#/outcome/uid", "no outcome of 'Account executive'"),
        ({"outcome": {"slug": "swim-faster"}}, "#/outcome/slug", "no outcome of"),
        ({"people": {"uid": UID}}, "#/people", "a list"),
        ({"people": []}, "#/people", "names somebody"),
        ({"people": [{"uid": UID}]}, "#/people/0/uid", "nobody here"),
        ({"people": ["lee"]}, "#/people/0", "exactly one of"),
        ({"people": [{"email": "lee\0"}]}, "#/people/0/email", "Send a text"),
        ({"framing": None}, "#/framing", "claim, because, sign"),
        ({"framing": "Because."}, "#/framing", "claim, because, sign"),
        ({"framing": {**FRAMING, "clam": "x"}}, "#/framing/clam", "Did you mean claim?"),
        ({"framing": {**FRAMING, "claim": None}}, "#/framing/claim", "Send a text"),
        ({"framing": {**FRAMING, "sign": "every demo\0"}}, "#/framing/sign", "Send a text"),
        ({"framing": {**FRAMING, "sign": "half \ud800"}}, "#/framing/sign", "Send a text"),
        ({"framing": {**FRAMING, "because": "tbd"}}, "#/framing/because", "struggle"),
        (
            {"framing": {**FRAMING, "claim": "close deals faster, " * 20}},
            "#/framing/claim",
            "200 characters",
        ),
        ({"starts_on": None}, "#/starts_on", "a day, like"),
        ({"starts_on": "2026-02-30"}, "#/starts_on", "not a day"),
        ({"starts_on": "0001-01-01"}, "#/starts_on", "more than a year"),
        ({"starts_on": "9999-12-31"}, "#/starts_on", "more than a year"),
        ({"source": "hand"}, "#/source", "no such member"),
        ({"assigned_by": UID}, "#/assigned_by", "no such member"),
    ],
)
def test_wrong_member_is_told_where_and_nobody_gets_the_path(
    client: Client,
    token: str,
    lee: Person,
    sales_path: Path,
    members: dict[str, Any],
    pointer: str,
    said: str,
) -> None:
    answer = give(client, token, body_for(lee, **members))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert said in answer.json()["errors"][0]["detail"]
    assert not Assignment.objects.exists()


def test_every_entry_that_is_wrong_is_told_at_once(
    client: Client, token: str, lee: Person, sales_path: Path
) -> None:
    people = [{"external_id": "HR-9"}, {"uid": str(lee.uid)}, {"name": "Lee"}, {"uid": UID}]
    answer = give(client, token, body_for(people=people))
    told = [error["pointer"] for error in answer.json()["errors"]]
    assert told == ["#/people/0/external_id", "#/people/2", "#/people/3/uid"]
    assert not Assignment.objects.exists()


def test_every_part_of_a_framing_that_says_nothing_is_told_at_once(
    client: Client, token: str, lee: Person, sales_path: Path
) -> None:
    answer = give(client, token, body_for(lee, framing={"claim": "todo", "because": " "}))
    told = [error["pointer"] for error in answer.json()["errors"]]
    assert told == ["#/framing/claim", "#/framing/because", "#/framing/sign"]


def test_whoever_has_left_keeps_everybody_from_the_path(
    client: Client, token: str, lee: Person, nia: Person, sales_path: Path
) -> None:
    Person.objects.filter(pk=nia.pk).update(employment_status=EmploymentStatus.TERMINATED)
    answer = give(client, token, body_for(lee, nia))
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"pointer": "#/people/1", "detail": "Nia Haddad is no longer with the company."}
    ]
    assert not Assignment.objects.exists()


def test_path_that_is_not_published_is_not_given(
    client: Client, token: str, lee: Person, sales_path: Path
) -> None:
    Path.objects.update(status=Path.Status.DRAFT)
    answer = give(client, token, body_for(lee))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/path"
    assert "publish it" in answer.json()["errors"][0]["detail"]


def test_outcome_of_another_role_is_none_of_the_path(
    client: Client, token: str, lee: Person, sales_path: Path
) -> None:
    outcome = load_role("people-manager").outcomes.all()[0]
    answer = give(client, token, body_for(lee, outcome={"uid": str(outcome.uid)}))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/outcome/uid"
    assert Role.objects.count() == 2


def test_more_people_than_the_limit_are_refused_with_it(
    client: Client, token: str, lee: Person, sales_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "MAX_PEOPLE", 3)
    answer = give(client, token, body_for(*[lee] * 4))
    assert answer.status_code == 413
    assert "more than 3 people" in answer.json()["detail"]
    assert not Assignment.objects.exists()


def test_token_that_only_reads_gives_nothing(client: Client, lee: Person, sales_path: Path) -> None:
    answer = give(client, issue([Scope.ASSIGNMENTS_READ]), body_for(lee))
    assert answer.status_code == 403
    assert not Assignment.objects.exists()


def test_people_and_paths_of_another_company_are_unknown(
    globex: Company, visit: Visit, lee: Person, sales_path: Path
) -> None:
    with working_for(globex):
        foreign = issue()
        load_role("account-executive")
    client = visit(globex)
    answer = give(client, foreign, body_for(lee))
    assert answer.json()["errors"][0]["pointer"] == "#/people/0/uid"
    answer = give(client, foreign, body_for(lee, path={"uid": str(sales_path.uid)}))
    assert answer.json()["errors"][0]["pointer"] == "#/path/uid"
    assert ask(client, ASSIGNMENTS, foreign).json()["assignments"] == []
