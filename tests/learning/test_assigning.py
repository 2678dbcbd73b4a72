"""Giving people a path."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from learning.library import load_role
from learning.models import Assignment, Path
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import Assign, MakePerson, kinds, plan_of


def refusal(assign: Assign, *people: Person, **changes: object) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        assign(*people, **changes)
    assert not Assignment.objects.exists()
    return refused.value.message_dict


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_only_a_published_path_is_assigned(
    assign: Assign, sales_path: Path, lee: Person, status: str
) -> None:
    sales_path.status = status
    assert refusal(assign, lee) == {
        "path": [f"From first call to signature is {status}: publish it before assigning it."]
    }


def test_an_outcome_of_another_role_is_refused(assign: Assign, lee: Person) -> None:
    outcome = load_role("people-manager").outcomes.first()
    assert list(refusal(assign, lee, outcome=outcome)) == ["outcome"]


def test_who_has_left_is_named_and_nobody_gets_it(
    assign: Assign, lee: Person, person: MakePerson
) -> None:
    gone = person("Bo", "Ek", employment_status="terminated")
    assert refusal(assign, lee, gone) == {"people": ["No longer with the company: Bo Ek."]}


def test_who_has_it_open_keeps_it_and_is_told(assign: Assign, lee: Person, nia: Person) -> None:
    assign(lee)
    again = assign(lee, nia)
    assert [assignment.person for assignment in again.assignments] == [nia]
    assert again.had_it == [lee]
    assert Assignment.objects.count() == 2


def test_who_is_named_twice_gets_it_once(assign: Assign, lee: Person) -> None:
    assert len(assign(lee, lee).assignments) == 1


def test_the_database_too_holds_one_open_assignment_per_person_and_path(
    assign: Assign, lee: Person
) -> None:
    [twin] = assign(lee).assignments
    twin.pk, twin.uid = None, lee.uid
    with pytest.raises(IntegrityError, match="one_open_assignment_per_person_and_path"):
        twin.save(force_insert=True)


@pytest.mark.parametrize("status", ["completed", "withdrawn"])
def test_a_path_that_is_closed_can_be_given_again(assign: Assign, lee: Person, status: str) -> None:
    assign(lee)
    Assignment.objects.update(status=status)
    assert len(assign(lee).assignments) == 1


def test_who_is_on_leave_gets_it_paused(assign: Assign, lee: Person, person: MakePerson) -> None:
    away = person("Bo", "Ek", employment_status="leave")
    assert [a.status for a in assign(lee, away).assignments] == ["assigned", "paused"]


@pytest.mark.parametrize(
    ("hired_on", "rehired_on", "starts_on", "due_on"),
    [
        (date(2026, 11, 14), None, TODAY, date(2026, 11, 28)),  # new: from the hire
        (date(2026, 12, 1), None, TODAY, date(2026, 12, 15)),  # starts later
        (date(2026, 11, 5), None, TODAY, date(2026, 11, 19)),
        (date(2026, 11, 4), None, TODAY, date(2026, 12, 2)),  # two weeks are over: from the start
        (date(2020, 1, 1), None, date(2026, 12, 7), date(2026, 12, 21)),
        (date(2020, 1, 1), date(2026, 11, 16), TODAY, date(2026, 11, 30)),  # came back
        (None, None, TODAY, date(2026, 12, 2)),
    ],
)
def test_the_first_win_is_due_two_weeks_after_the_hire_or_the_start(
    assign: Assign, lee: Person, hired_on, rehired_on, starts_on, due_on
) -> None:
    lee.hired_on, lee.rehired_on = hired_on, rehired_on
    [assignment] = assign(lee, starts_on=starts_on).assignments
    assert (assignment.starts_on, assignment.first_win_due_on) == (starts_on, due_on)


def test_everybody_gets_the_whole_path_in_places_from_nought_and_a_record(
    assign: Assign, sales_path: Path, lee: Person, nia: Person
) -> None:
    for assignment in assign(lee, nia).assignments:
        plan = plan_of(assignment)
        assert {each.step_id for each in plan} == {step.pk for step in sales_path.steps.all()}
        assert [each.position for each in plan] == list(range(14))
        assert plan[0].quick_win
        assert kinds(assignment) == ["assignment.created"]
        assert (assignment.assigned_at, assignment.moved_at) == (NOW, NOW)


def test_forty_people_cost_no_more_queries_than_two(assign: Assign, person: MakePerson) -> None:
    def cost(people: list[Person]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assign(*people)
        return len(queries)

    hired = {"hired_on": TODAY - timedelta(days=3)}
    two = [person("Bo", f"Ek{n}", **hired) for n in range(2)]
    forty = [person("Cy", f"Oh{n}") for n in range(40)]
    cost([person("Di", "Ek")])  # what a process asks for once
    assert cost(two) == cost(forty)


def test_a_path_starts_today_by_the_companys_own_clock(
    assign: Assign, acme: Company, lee: Person
) -> None:
    acme.time_zone = "Pacific/Auckland"
    late = datetime(2026, 11, 18, 20, tzinfo=UTC)  # already the 19th in Auckland
    [assignment] = assign(lee, now=late).assignments
    assert assignment.starts_on == date(2026, 11, 19)
