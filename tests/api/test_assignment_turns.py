"""An assignment is paused, resumed, withdrawn and given back over REST."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from time_machine import Traveller

from api.models import Scope
from learning.actions import finish_step
from learning.models import Assignment
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person
from tests.api.asking import Visit, ask, issue, send
from tests.api.assigning import ASSIGNMENTS, body_for, give
from tests.learning.cast import kinds, plan_of

TURNS = (
    ("post", "withdrawal"),
    ("delete", "withdrawal"),
    ("post", "pause"),
    ("delete", "pause"),
)


@pytest.fixture
def client(acme: Company, visit: Visit, clock: Traveller) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.ASSIGNMENTS_READ, Scope.ASSIGNMENTS_WRITE])


@pytest.fixture
def assignment(assign: Callable[[Person], Assignment], lee: Person) -> Assignment:
    return assign(lee)


@pytest.fixture
def turn(client: Client, token: str, assignment: Assignment) -> Callable[..., Any]:
    """``turn("post", "pause")`` asks for it; the answer."""

    def ask_for(method: str, noun: str, body: Any = "") -> Any:
        return send(client, method, f"{ASSIGNMENTS}/{assignment.uid}/{noun}", token, body)

    return ask_for


Turn = Callable[..., Any]


def became(lee: Person, status: EmploymentStatus) -> None:
    Person.objects.filter(pk=lee.pk).update(employment_status=status)


def test_withdrawing_and_undoing_twice_is_once(
    client: Client, token: str, turn: Turn, assignment: Assignment
) -> None:
    finish_step(plan_step=plan_of(assignment)[0])
    address = f"{ASSIGNMENTS}/{assignment.uid}"
    before = ask(client, address, token).json()

    taken = [turn("post", "withdrawal") for _ in range(2)]
    assert [answer.status_code for answer in taken] == [200, 200]
    assert taken[0].json() == taken[1].json()
    assert taken[0].json()["status"] == "withdrawn"
    assert taken[0].json()["withdrawn_at"] == "2026-11-18T08:30:00Z"
    assert taken[0].json()["plan"] == before["plan"]

    back = [turn("delete", "withdrawal") for _ in range(2)]
    assert [answer.status_code for answer in back] == [200, 200]
    assert back[0].json() == back[1].json() == before
    assert back[1]["ETag"] == ask(client, address, token)["ETag"]
    assert kinds(assignment)[-2:] == ["assignment.withdrawn", "assignment.resumed"]


def test_pausing_and_resuming_twice_is_once(turn: Turn, assignment: Assignment) -> None:
    rests = [turn("post", "pause") for _ in range(2)]
    assert [answer.status_code for answer in rests] == [200, 200]
    told = rests[1].json()
    assert (told["status"], told["pause"], told["paused_on"]) == ("paused", "hand", "2026-11-18")

    goes_on = [turn("delete", "pause") for _ in range(2)]
    assert [answer.status_code for answer in goes_on] == [200, 200]
    told = goes_on[1].json()
    assert (told["status"], told["pause"], told["paused_on"]) == ("assigned", None, None)
    assert kinds(assignment)[1:] == ["assignment.paused", "assignment.resumed"]


def test_of_somebody_on_leave_it_stays_paused(turn: Turn, lee: Person) -> None:
    turn("post", "pause")
    became(lee, EmploymentStatus.LEAVE)
    told = turn("delete", "pause").json()
    assert (told["status"], told["pause"]) == ("paused", "leave")
    turn("post", "withdrawal")
    told = turn("delete", "withdrawal").json()
    assert (told["status"], told["pause"]) == ("paused", "leave")


def test_what_is_withdrawn_cannot_be_paused_or_resumed(turn: Turn) -> None:
    turn("post", "withdrawal")
    for method in ("post", "delete"):
        answer = turn(method, "pause")
        assert answer.status_code == 409
        assert "It is withdrawn" in answer.json()["detail"]


def test_what_is_completed_cannot_be_withdrawn(turn: Turn, assignment: Assignment) -> None:
    for plan_step in plan_of(assignment):
        finish_step(plan_step=plan_step)
    answer = turn("post", "withdrawal")
    assert answer.status_code == 409
    assert answer.json()["detail"] == "It is completed and cannot be withdrawn."
    assert turn("delete", "withdrawal").json()["status"] == "completed"


def test_it_does_not_come_back_beside_the_same_path_given_anew(
    client: Client, token: str, turn: Turn, lee: Person
) -> None:
    turn("post", "withdrawal")
    assert give(client, token, body_for(lee)).status_code == 201
    answer = turn("delete", "withdrawal")
    assert answer.status_code == 409
    assert "open again: Lee Tanaka" in answer.json()["detail"]


def test_it_does_not_come_back_to_somebody_who_has_left(
    turn: Turn, lee: Person, assignment: Assignment
) -> None:
    turn("post", "withdrawal")
    became(lee, EmploymentStatus.TERMINATED)
    answer = turn("delete", "withdrawal")
    assert answer.status_code == 409
    assert "No longer with the company" in answer.json()["detail"]
    assignment.refresh_from_db()
    assert assignment.status == "withdrawn"


@pytest.mark.parametrize(("method", "noun"), TURNS)
def test_body_and_parameters_are_refused_where_none_are_taken(
    turn: Turn, assignment: Assignment, method: str, noun: str
) -> None:
    answer = turn(method, noun, {"reason": "moved teams"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#"
    assert turn(method, f"{noun}?reason=moved").status_code == 400
    assert kinds(assignment) == ["assignment.created"]


@pytest.mark.parametrize(("method", "noun"), [("get", ""), *TURNS])
def test_unknown_assignment_or_that_of_another_company_is_not_found(
    client: Client,
    token: str,
    acme: Company,
    globex: Company,
    visit: Visit,
    assignment: Assignment,
    method: str,
    noun: str,
) -> None:
    with working_for(globex):
        foreign = issue()
    unknown = f"{ASSIGNMENTS}/0199a1b2-0000-7000-8000-0000000000ff/{noun}".rstrip("/")
    assert send(client, method, unknown, token, "").status_code == 404
    known = f"{ASSIGNMENTS}/{assignment.uid}/{noun}".rstrip("/")
    assert send(visit(globex), method, known, foreign, "").status_code == 404
    with working_for(acme):
        assert kinds(assignment) == ["assignment.created"]
