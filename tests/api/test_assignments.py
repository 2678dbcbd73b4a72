"""Giving paths over REST, and reading who is on them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from api.assignments.examples import CAREER, CONCERN, FRAMING
from api.models import Scope
from learning.actions import finish_step, observe
from learning.models import Assignment, LearningRecord, Observation, Path, PlanStep, Skill
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.api.asking import Visit, ask, issue, send
from tests.api.assigning import ASSIGNMENTS, body_for, give
from tests.conftest import TODAY

Assign = Callable[[Person], Assignment]


@pytest.fixture
def client(acme: Company, visit: Visit, clock: Traveller) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.ASSIGNMENTS_READ, Scope.ASSIGNMENTS_WRITE])


def test_path_is_given_with_its_framing(
    client: Client, token: str, lee: Person, sales_path: Path
) -> None:
    answer = give(client, token, body_for(lee))

    assert answer.status_code == 201
    assignment = Assignment.objects.get()
    outcome = assignment.outcome
    told = {
        "uid": str(assignment.uid),
        "person": {
            "uid": str(lee.uid),
            "external_id": None,
            "employee_number": None,
            "email": "lee.tanaka@acme.example",
        },
        "path": {"uid": str(sales_path.uid), "slug": sales_path.slug, "name": sales_path.name},
        "outcome": {"uid": str(outcome.uid), "slug": "close-faster", "name": outcome.name},
        "framing": FRAMING,
        "status": "assigned",
        "pause": None,
        "source": "api",
        "assigned_at": "2026-11-18T08:30:00Z",
        "starts_on": "2026-11-18",
        "first_win_due_on": "2026-12-02",
        "first_win_at": None,
        "paused_on": None,
        "completed_at": None,
        "withdrawn_at": None,
    }
    assert answer.json() == {"assignments": [told], "already_assigned": [], "concerns": []}
    assert ask(client, ASSIGNMENTS, token).json() == {"assignments": [told], "next": None}
    read = ask(client, f"{ASSIGNMENTS}/{assignment.uid}", token).json()
    assert len(read.pop("plan")) == sales_path.steps.count()
    assert read == told


@pytest.mark.parametrize("key", ["uid", "external_id", "employee_number", "email"])
def test_people_path_and_outcome_are_named_by_their_keys(
    client: Client, token: str, lee: Person, nia: Person, sales_path: Path, key: str
) -> None:
    for person, external_id in ((lee, "HR/1"), (nia, "HR/2")):
        person.external_id, person.employee_number = external_id, external_id[-1]
        person.save()
    outcome = sales_path.role.outcomes.get(slug="close-faster")
    body = body_for(
        path={"uid": str(sales_path.uid)},
        outcome={"uid": str(outcome.uid)},
        people=[{"email": str(nia.email).upper()}, {key: str(getattr(lee, key))}],
        starts_on="2026-12-01",
    )

    given = give(client, token, body).json()["assignments"]

    assert [each["person"]["uid"] for each in given] == [str(nia.uid), str(lee.uid)]
    assert {each["starts_on"] for each in given} == {"2026-12-01"}


def test_who_has_it_already_keeps_it_and_who_is_named_twice_gets_it_once(
    client: Client, token: str, lee: Person, nia: Person, assign: Assign
) -> None:
    hers = assign(nia)

    first = give(client, token, body_for(nia, lee, lee))
    again = give(client, token, body_for(nia, lee, lee))

    assert first.status_code == 201
    assert [each["person"]["uid"] for each in first.json()["assignments"]] == [str(lee.uid)]
    assert [each["uid"] for each in first.json()["already_assigned"]] == [str(nia.uid)]
    assert again.status_code == 200
    assert again.json()["assignments"] == []
    assert len(again.json()["already_assigned"]) == 2
    assert Assignment.objects.exclude(pk=hers.pk).count() == 1


def test_framing_that_speaks_of_something_else_is_taken_and_says_so(
    client: Client, token: str, lee: Person, sales_path: Path
) -> None:
    answer = give(client, token, body_for(lee, framing=CAREER))

    assert answer.status_code == 201
    assert answer.json()["assignments"][0]["framing"] == CAREER
    assert answer.json()["concerns"] == [CONCERN]
    assert Assignment.objects.get().claim == CAREER["claim"]


def test_plan_tells_why_by_code_and_no_level(
    client: Client, token: str, assign: Assign, lee: Person, ada: Person, sales_path: Path
) -> None:
    for slug, level in (("discovery", 3), ("mutual-plan", 1)):
        observe(
            person=lee,
            skill=Skill.objects.get(slug=slug),
            level=level,
            source=Observation.Source.MANAGER,
            observer=ada,
            observed_on=TODAY,
        )
    assignment = assign(lee)
    first = assignment.plan_steps.select_related("step").order_by("position")[0]
    finish_step(plan_step=first)

    answer = ask(client, f"{ASSIGNMENTS}/{assignment.uid}", token)

    plan = answer.json()["plan"]
    assert plan[0] == {
        "uid": str(first.step.uid),
        "title": first.step.title,
        "kind": first.step.kind,
        "state": "done",
        "quick_win": first.quick_win,
        "receipt": {"code": first.receipt_code},
    }
    assert {step["receipt"]["code"] for step in plan} >= {"gap", "not_seen", "shown"}
    assert {step["state"] for step in plan if step["receipt"]["code"] == "shown"} == {"set_aside"}
    assert {(*step, *step["receipt"]) for step in plan} == {(*plan[0], "code")}
    tag = {"if-none-match": answer["ETag"]}
    assert ask(client, f"{ASSIGNMENTS}/{assignment.uid}", token, headers=tag).status_code == 304


def test_assignments_are_found_by_person_path_and_status(
    client: Client, token: str, assign: Assign, lee: Person, nia: Person, sales_path: Path
) -> None:
    his, hers = assign(lee), assign(nia)
    send(client, "post", f"{ASSIGNMENTS}/{hers.uid}/withdrawal", token, "")
    for query, found in (
        ({}, [his, hers]),
        ({"person": str(nia.uid)}, [hers]),
        ({"path": sales_path.slug}, [his, hers]),
        ({"path": str(sales_path.uid), "status": "assigned"}, [his]),
        ({"status": "withdrawn"}, [hers]),
        ({"path": "swimming"}, []),
    ):
        page = ask(client, ASSIGNMENTS, token, data=query).json()
        assert [each["uid"] for each in page["assignments"]] == [str(each.uid) for each in found]
    for query in ({"status": "lost"}, {"person": "lee"}, {"persn": "x"}, {"after": "x"}):
        assert ask(client, ASSIGNMENTS, token, data=query).status_code == 400


def test_giving_and_reading_cost_the_same_for_one_and_for_twenty(
    client: Client, token: str, sales_path: Path, person: Any
) -> None:
    people = [person(f"P{number}", "Ek") for number in range(21)]
    ask(client, ASSIGNMENTS, token)

    def queries(send_it: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert send_it().status_code in (200, 201)
        return len(captured)

    one = queries(lambda: give(client, token, body_for(*people[:1])))
    twenty = queries(lambda: give(client, token, body_for(*people[1:])))
    assert one == twenty
    assert Assignment.objects.count() == LearningRecord.objects.count() == 21
    assert PlanStep.objects.count() == 21 * sales_path.steps.count()
    short = queries(lambda: ask(client, ASSIGNMENTS, token, data={"limit": 1}))
    long = queries(lambda: ask(client, ASSIGNMENTS, token, data={"limit": 20}))
    assert short == long <= 3
