from typing import Any

import pytest

from learning.framing import Framing
from learning.models import Assignment, LearningRecord, Path
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import Visit

ADD = "/admin/learning/assignment/add/"


@pytest.fixture
def form(lee: Person, sales_path: Path, framing: Framing) -> dict[str, Any]:
    """The form for Lee's path, filled in well."""
    return {
        "person": lee.pk,
        "path": sales_path.pk,
        "outcome": sales_path.role.outcomes.all()[0].pk,
        "claim": framing.claim,
        "because": framing.because,
        "sign": framing.sign,
        "starts_on": "",
    }


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    assert not Assignment.objects.exists()
    found: dict[str, list[str]] = answer.context["adminform"].form.errors
    return found


def test_assigning_makes_a_plan_with_receipts(
    acme: Company, olive: Person, lee: Person, visit: Visit, form: dict[str, Any]
) -> None:
    answer = visit(acme, olive).post(ADD, form, follow=True)

    assignment = Assignment.objects.get()
    assert assignment.person == lee
    assert assignment.assigned_by == olive
    assert assignment.source == Assignment.Source.HAND
    assert assignment.plan_steps.count() == assignment.path.steps.count()
    assert LearningRecord.objects.filter(kind="assignment.created").count() == 1
    assert answer.redirect_chain[-1][0] == f"/admin/learning/assignment/{assignment.pk}/change/"
    assert assignment.framing in answer.text
    assert "not seen yet. Start here and we will find out." in answer.text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("claim", "", "Say what it helps them do at work"),
        ("claim", "tbd", "Say what it helps them do at work"),
        ("because", "", "Say which struggle"),
        ("because", "n/a", "Say which struggle"),
        ("sign", "", "Say how you will both see it"),
        ("sign", "????????????", "Say how you will both see it"),
        ("outcome", "", "required"),
        ("person", "", "required"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    acme: Company,
    olive: Person,
    visit: Visit,
    form: dict[str, Any],
    field: str,
    value: str,
    said: str,
) -> None:
    found = errors(visit(acme, olive).post(ADD, form | {field: value}))
    assert list(found) == [field]
    assert said in found[field][0]


def test_all_of_the_framing_is_asked_for_at_once(
    acme: Company, olive: Person, visit: Visit, form: dict[str, Any]
) -> None:
    empty = {"claim": "", "because": "tbd", "sign": "", "person": ""}
    found = errors(visit(acme, olive).post(ADD, form | empty))
    assert set(found) == set(empty)


def test_what_the_action_refuses_is_said_at_its_field(
    acme: Company, olive: Person, lee: Person, visit: Visit, form: dict[str, Any]
) -> None:
    client = visit(acme, olive)
    Path.objects.update(status=Path.Status.DRAFT)
    assert "publish it" in errors(client.post(ADD, form))["path"][0]
    Path.objects.update(status=Path.Status.PUBLISHED)
    Person.objects.filter(pk=lee.pk).update(employment_status="terminated")
    assert "No longer with the company" in errors(client.post(ADD, form))["person"][0]


def test_path_that_somebody_is_on_is_not_given_twice(
    acme: Company, olive: Person, visit: Visit, form: dict[str, Any]
) -> None:
    client = visit(acme, olive)
    client.post(ADD, form)
    again = client.post(ADD, form)
    assert "already" in again.context["adminform"].form.errors["person"][0]
    assert Assignment.objects.count() == 1


def test_assignment_is_there_to_read(
    acme: Company, olive: Person, visit: Visit, form: dict[str, Any]
) -> None:
    client = visit(acme, olive)
    client.post(ADD, form)
    assignment = Assignment.objects.get()
    page = f"/admin/learning/assignment/{assignment.pk}"
    assert client.post(f"{page}/change/", form | {"claim": "do something else"}).status_code == 403
    assert client.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
    assignment.refresh_from_db()
    assert assignment.claim == "close deals faster"
