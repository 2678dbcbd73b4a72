"""Pausing, resuming, withdrawing and giving back in the admin site."""

from typing import Any

import pytest

from learning.models import Assignment
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import Visit

LIST = "/admin/learning/assignment/"


@pytest.fixture
def assignment(assign: Any, lee: Person) -> Assignment:
    made: Assignment = assign(lee)
    return made


def status(assignment: Assignment) -> str:
    assignment.refresh_from_db()
    return assignment.status


def test_each_state_offers_what_can_be_done_about_it(
    acme: Company, olive: Person, visit: Visit, assignment: Assignment
) -> None:
    client, page = visit(acme, olive), f"{LIST}{assignment.pk}/change/"
    for change, offered, then in (
        ("pause", ["pause", "withdraw"], "paused"),
        ("resume", ["resume", "withdraw"], "assigned"),
        ("withdraw", ["pause", "withdraw"], "withdrawn"),
        ("give_back", ["give_back"], "assigned"),
    ):
        shown = client.get(page)
        assert [name for name, _ in shown.context["standing"]] == offered
        answer = client.post(f"{LIST}{assignment.pk}/standing/", {"change": change}, follow=True)
        assert "1 path." in answer.text
        assert status(assignment) == then


def test_many_at_once_from_the_list_in_a_constant_number_of_queries(
    acme: Company,
    olive: Person,
    visit: Visit,
    assign: Any,
    person: Any,
    django_assert_max_num_queries: Any,
) -> None:
    made = [assign(person("Bo", f"Number{number}")) for number in range(12)]
    client = visit(acme, olive)
    chosen = {"action": "withdraw_chosen", "_selected_action": [each.pk for each in made]}
    with django_assert_max_num_queries(20):
        client.post(LIST, chosen)
    assert {status(each) for each in made} == {"withdrawn"}
    answer = client.post(LIST, {**chosen, "action": "pause_chosen"}, follow=True)
    assert "Paused: 0 paths." in answer.text
    assert "For 12 of those you chose there was nothing to do." in answer.text


def test_what_cannot_be_given_back_says_why(
    acme: Company, olive: Person, lee: Person, visit: Visit, assignment: Assignment, assign: Any
) -> None:
    client, page = visit(acme, olive), f"{LIST}{assignment.pk}/standing/"
    client.post(page, {"change": "withdraw"})
    assign(lee)
    answer = client.post(page, {"change": "give_back"}, follow=True)
    assert "They have this path open again: Lee Tanaka" in answer.text
    assert status(assignment) == "withdrawn"


def test_get_changes_nothing_and_an_unknown_change_is_refused(
    acme: Company, olive: Person, visit: Visit, assignment: Assignment
) -> None:
    client, page = visit(acme, olive), f"{LIST}{assignment.pk}/standing/"
    assert client.get(page).status_code == 405
    assert client.post(page, {"change": "erase"}).status_code == 400
    assert status(assignment) == "assigned"


def test_who_may_only_look_changes_nothing(
    acme: Company, person: Any, visit: Visit, assignment: Assignment
) -> None:
    reader = person("Rae", "Reader", is_staff=True)
    client = visit(acme, reader)
    answer = client.post(f"{LIST}{assignment.pk}/standing/", {"change": "withdraw"})
    assert answer.status_code == 403
    assert status(assignment) == "assigned"
