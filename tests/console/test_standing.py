"""Pausing, resuming, withdrawing and giving back in the admin site."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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


def test_many_at_once_from_the_list_cost_what_a_few_do(
    acme: Company, olive: Person, visit: Visit, assign: Any, person: Any
) -> None:
    made = [assign(person("Bo", f"Number{number}")) for number in range(14)]
    client = visit(acme, olive)

    def choose(change: str, chosen: list[Assignment]) -> tuple[int, str]:
        values = {"action": change, "_selected_action": [each.pk for each in chosen], "sure": "yes"}
        with CaptureQueriesContext(connection) as queries:
            client.post(LIST, values)
        return len(queries), client.get(LIST).text

    few, _ = choose("withdraw_chosen", made[:2])
    many, told = choose("withdraw_chosen", made[2:])
    assert many <= few
    assert "Withdrawn: 12 paths." in told
    assert {status(each) for each in made} == {"withdrawn"}
    _, told = choose("pause_chosen", made)
    assert "Paused: 0 paths." in told
    assert "For 14 of those you chose there was nothing to do." in told


def test_withdrawing_from_the_list_says_from_how_many_and_asks_once(
    acme: Company, olive: Person, lee: Person, nia: Person, visit: Visit, assign: Any
) -> None:
    made, client = [assign(lee), assign(nia)], visit(acme, olive)
    client.post(f"{LIST}{made[0].pk}/standing/", {"change": "withdraw"})
    more = [assign(lee)]
    values = {
        "action": "withdraw_chosen",
        "_selected_action": [each.pk for each in [*made, *more]],
    }
    answer = client.post(LIST, values)
    assert "Withdraw the paths of 2 people?" in answer.text
    assert "1 of those you chose is over already" in answer.text
    assert status(made[1]) == "assigned"
    sent = {name: [each for key, each in answer.context["sent"] if key == name] for name in values}
    client.post(LIST, {**sent, "sure": "yes"})
    assert (status(made[1]), status(more[0])) == ("withdrawn", "withdrawn")


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
