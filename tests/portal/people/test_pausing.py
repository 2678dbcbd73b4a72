"""A manager lets a path rest, and lets it go on."""

import pytest
from django.test import Client

from learning.actions import withdraw
from learning.models import Assignment
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person
from tests.portal.cast import Assign, MakePerson, Visit

Status = Assignment.Status


@pytest.fixture
def client(visit: Visit, acme: Company, ada: Person) -> Client:
    return visit(acme, ada)


def press(client: Client, person: Person, assignment: Assignment, what: str, status: int = 200):
    page = client.post(
        f"/team/people/{person.uid}/{what}",
        {"path": assignment.uid, "about": person.called},
        follow=True,
    )
    assert page.status_code == status
    assignment.refresh_from_db()
    return page.text


def test_it_rests_and_goes_on_where_it_stood(
    client: Client, lee: Person, on_path: Assignment
) -> None:
    before = (on_path.status, on_path.first_win_due_on)
    page = press(client, lee, on_path, "pause")
    assert (on_path.status, on_path.pause) == (Status.PAUSED, "hand")
    assert "Paused since 18 November" in page
    assert "Every step stays where it is" in page
    page = press(client, lee, on_path, "resume")
    assert (on_path.status, on_path.first_win_due_on) == before
    assert "It goes on where it stood." in page


def test_pressed_twice_it_is_the_same(client: Client, lee: Person, on_path: Assignment) -> None:
    press(client, lee, on_path, "pause")
    press(client, lee, on_path, "pause")
    assert on_path.status == Status.PAUSED
    press(client, lee, on_path, "resume")
    press(client, lee, on_path, "resume")
    assert on_path.status == Status.ASSIGNED


def test_of_somebody_on_leave_it_waits_for_them(
    client: Client, lee: Person, on_path: Assignment
) -> None:
    press(client, lee, on_path, "pause")
    Person.objects.filter(pk=lee.pk).update(employment_status=EmploymentStatus.LEAVE)
    page = press(client, lee, on_path, "resume")
    assert (on_path.status, on_path.pause) == (Status.PAUSED, "leave")
    assert "It goes on by itself once Lee is back." in page


def test_one_that_is_over_stays_so(client: Client, lee: Person, on_path: Assignment) -> None:
    on_path.plan_steps.update(state="done")
    Assignment.objects.update(status=Status.COMPLETED)
    for what in ("pause", "resume"):
        assert "completed" in press(client, lee, on_path, what)
        assert on_path.status == Status.COMPLETED


def test_one_that_was_taken_back_and_somebody_elses_are_not_found(
    client: Client, lee: Person, nia: Person, on_path: Assignment, assign: Assign
) -> None:
    hers = assign(nia)
    withdraw(assignments=[on_path])
    for what in ("pause", "resume"):
        press(client, lee, on_path, what, 404)
        press(client, lee, hers, what, 404)
    assert hers.status == Status.ASSIGNED
    assert client.post(f"/team/people/{lee.uid}/pause", {"path": "x"}).status_code == 404


def test_of_who_was_moved_away_nothing_is_recorded(
    client: Client, lee: Person, on_path: Assignment, person: MakePerson
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=person("Bo", "Ek"))
    page = press(client, lee, on_path, "pause", 404)
    assert "Lee does not report to you any more." in page
    assert on_path.status == Status.ASSIGNED
