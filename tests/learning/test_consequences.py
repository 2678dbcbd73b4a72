"""What leaving, leave and coming back mean for paths."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import start_step
from learning.models import Assignment
from tenants.people.actions import sync_people
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import Assign, MakePerson, See, kinds, plan_of


@pytest.fixture
def assignment(assign: Assign, lee: Person) -> Assignment:
    return assign(lee).assignments[0]


def hris(*people: Person, **fields: Any) -> None:
    """The HRIS says this of these people."""
    rows = [{"email": person.email, "given_name": person.given_name, **fields} for person in people]
    result = sync_people(rows=rows, source="api")
    assert not result.problems


def status(assignment: Assignment) -> str:
    assignment.refresh_from_db()
    return assignment.status


@pytest.mark.parametrize("away", ["leave", "terminated"])
def test_going_pauses_and_coming_back_resumes(
    assignment: Assignment, lee: Person, away: str
) -> None:
    hris(lee, employment_status=away)
    assert status(assignment) == "paused"
    hris(lee, employment_status="active")
    assert status(assignment) == "assigned"
    assert kinds(assignment)[1:] == ["assignment.paused", "assignment.resumed"]


def test_a_path_in_progress_goes_on_where_it_stood_and_is_not_stuck(
    assignment: Assignment, lee: Person, clock: Traveller
) -> None:
    start_step(plan_step=plan_of(assignment)[0])
    hris(lee, employment_status="leave")
    clock.shift(timedelta(days=60))
    hris(lee, employment_status="active")
    assert status(assignment) == "in_progress"
    assert assignment.moved_at == NOW + timedelta(days=60)


def test_leaving_for_good_from_leave_is_recorded_once(assignment: Assignment, lee: Person) -> None:
    hris(lee, employment_status="leave")
    hris(lee, employment_status="terminated")
    assert status(assignment) == "paused"
    assert kinds(assignment).count("assignment.paused") == 1


def test_another_change_of_a_person_changes_no_path(assignment: Assignment, lee: Person) -> None:
    hris(lee, job_title="Senior Account Executive")
    assert status(assignment) == "assigned"
    assert kinds(assignment) == ["assignment.created"]


def test_a_closed_path_stays_closed(assignment: Assignment, lee: Person) -> None:
    Assignment.objects.update(status="withdrawn")
    hris(lee, employment_status="leave")
    hris(lee, employment_status="active")
    assert status(assignment) == "withdrawn"


def test_only_those_who_go_are_paused(assign: Assign, lee: Person, nia: Person) -> None:
    mine, hers = assign(lee, nia).assignments
    hris(lee, employment_status="leave")
    assert (status(mine), status(hers)) == ("paused", "assigned")


def test_whoever_is_hired_again_has_two_weeks_for_a_first_win_again(
    assign: Assign, lee: Person, nia: Person, clock: Traveller
) -> None:
    rehired, returned = assign(lee, nia).assignments
    hris(lee, employment_status="terminated")
    hris(nia, employment_status="leave")
    clock.move_to(NOW + timedelta(days=300))
    hris(lee, nia, employment_status="active")
    assert (status(rehired), status(returned)) == ("assigned", "assigned")
    assert rehired.first_win_due_on == TODAY + timedelta(days=314)
    assert returned.first_win_due_on == date(2026, 11, 28) + timedelta(days=300)  # it stood still


def test_what_was_all_shown_meanwhile_is_completed_on_coming_back(
    assignment: Assignment, see: See, ada: Person, lee: Person
) -> None:
    start_step(plan_step=(first := plan_of(assignment)[0]))
    assignment.plan_steps.exclude(pk=first.pk).update(state="set_aside")
    hris(lee, employment_status="leave")
    assignment.plan_steps.filter(pk=first.pk).update(state="done")
    hris(lee, employment_status="active")
    assert status(assignment) == "completed"


def test_forty_people_on_leave_cost_no_more_queries_than_two(
    assign: Assign, person: MakePerson
) -> None:
    def cost(people: list[Person]) -> int:
        assign(*people)
        with CaptureQueriesContext(connection) as queries:
            hris(*people, employment_status="leave")
            hris(*people, employment_status="active")
        return len(queries)

    two = [person("Bo", f"Ek{n}") for n in range(2)]
    forty = [person("Cy", f"Oh{n}") for n in range(40)]
    assert cost(two) == cost(forty)
