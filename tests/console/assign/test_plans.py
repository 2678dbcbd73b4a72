"""Everybody's plan side by side, built by the planner and written nowhere."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.actions import observe
from learning.models import Assignment, Observation, PlanStep, Skill
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.console.assign.cast import Wizard
from tests.console.cast import MakePerson


def show_everything(person: Person, by: Person) -> None:
    for skill in Skill.objects.all():
        observe(
            person=person,
            skill=skill,
            level=3,
            source=Observation.Source.MANAGER,
            observer=by,
            observed_on=TODAY,
        )


@pytest.fixture
def framed(wizard: Wizard, ada: Person, lee: Person, nia: Person) -> Wizard:
    """Lee, who shows everything, and Nia, of whom nothing was seen."""
    show_everything(lee, ada)
    wizard.choose(lee, nia)
    wizard.frame()
    return wizard


def test_a_row_per_person_a_column_per_step_each_cell_with_its_receipt(framed: Wizard) -> None:
    shown = framed.look("plans")
    nia, lee = shown.context["lines"]
    steps = [step for step, _number in shown.context["columns"]]
    assert len(steps) == 14
    for line in (nia, lee):
        assert [row.step for row in line.cells] == steps
    assert len(nia.included) == 14
    assert lee.aside
    assert "set aside</span>" not in shown.text
    assert "set aside: You already showed this: Ada saw it on 18 November." in shown.text
    assert "quick win: " in shown.text
    assert not Assignment.objects.exists()
    assert not PlanStep.objects.exists()


def test_it_counts_who_wins_soon_who_shows_everything_and_how_many_have_a_step(
    framed: Wizard,
) -> None:
    shown = framed.look("plans")
    assert "1 of 2 have a quick win in their first two steps" in shown.text
    assert "1 already shows everything" in shown.text
    assert {number for _step, number in shown.context["columns"]} == {1, 2}


def test_who_shows_everything_can_be_left_out(framed: Wizard) -> None:
    told = framed.press("plans", "leave-out-shown")
    assert framed.chosen() == {"Nia"}
    assert "1 person who shows everything already" in told.text
    assert "Leave out the" not in told.text


def test_who_is_on_it_meanwhile_is_not_shown(framed: Wizard, lee: Person, assign: Any) -> None:
    assign(lee)
    shown = framed.look("plans")
    assert [line.person.given_name for line in shown.context["lines"]] == ["Nia"]
    assert "1 person is not shown" in shown.text


def test_where_nobody_is_left_there_is_no_way_on(
    framed: Wizard, lee: Person, nia: Person, assign: Any
) -> None:
    assign(lee)
    assign(nia)
    shown = framed.look("plans")
    assert "Nobody is left to be given it" in shown.text
    assert "Next: assign" not in shown.text


def test_it_costs_the_same_for_3_people_and_for_60_and_shows_50_a_page(
    wizard: Wizard, person: MakePerson, ada: Person
) -> None:
    counts = []
    for numbers in (range(3), range(3, 60)):
        people = [person(f"Bo{number}", "Ek") for number in numbers]
        for each in people[:3]:
            show_everything(each, ada)
        wizard.choose(*people)
        wizard.frame()
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                shown = wizard.look("plans")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
    assert len(shown.context["lines"]) == 50
    assert len(wizard.look("plans", page=2).context["lines"]) == 10
