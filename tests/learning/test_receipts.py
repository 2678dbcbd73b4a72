"""Receipts as people read them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning import receipts
from learning.models import Assignment, RoleSkill, Skill
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.learning.cast import Assign, See, plan_of, step

LAST_WEEK = TODAY - timedelta(days=7)


def told(assignment: Assignment, slug: str) -> str:
    plan_step = step(assignment, slug)
    return receipts.sentences([plan_step])[plan_step.pk]


def test_what_everyone_does(assign: Assign, lee: Person) -> None:
    [assignment] = assign(lee).assignments
    assert told(assignment, "won-and-lost") == "Everyone in this role does this."


def test_what_was_never_seen(assign: Assign, lee: Person) -> None:
    [assignment] = assign(lee).assignments
    assert told(assignment, "three-scenes") == (
        "Demos that show their problem solved: not seen yet. Start here and we will find out."
    )


@pytest.mark.parametrize(
    ("level", "by_ada", "seen"),
    [
        (1, True, "Ada saw “with help” on 11 November"),
        (0, True, "on 11 November Ada had not seen it yet"),
        (1, False, "on 11 November you said “with help”"),
        (0, False, "on 11 November you said you had not done it yet"),
    ],
)
def test_a_gap_names_what_the_role_needs_and_what_was_seen(
    assign: Assign, see: See, ada: Person, lee: Person, level: int, by_ada: bool, seen: str
) -> None:
    see(lee, "demo", level, by=ada if by_ada else None, observed_on=LAST_WEEK)
    [assignment] = assign(lee).assignments
    assert told(assignment, "three-scenes") == (
        f"Demos that show their problem solved: the role needs “on their own”; {seen}."
    )


def test_what_was_shown_by_ones_own_account(assign: Assign, see: See, lee: Person) -> None:
    see(lee, "demo", 2)
    [assignment] = assign(lee).assignments
    assert told(assignment, "three-scenes") == (
        "You already showed this: you said so on 18 November."
    )


def test_an_observer_who_was_erased_is_your_manager(
    assign: Assign, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "demo", 2, by=ada)
    [assignment] = assign(lee).assignments
    Person.objects.filter(pk=ada.pk).delete()
    assert told(assignment, "three-scenes") == (
        "You already showed this: your manager saw it on 18 November."
    )


def test_a_skill_the_role_does_not_need(assign: Assign, sales_path, lee: Person) -> None:
    RoleSkill.objects.filter(skill__slug="demo").update(required_level=0)
    [assignment] = assign(lee).assignments
    assert step(assignment, "three-scenes").state == "set_aside"
    assert told(assignment, "three-scenes") == "The role does not need this."


def test_a_skill_that_is_no_more_breaks_no_page(assign: Assign, lee: Person) -> None:
    [assignment] = assign(lee).assignments
    demo = Skill.objects.get(slug="demo")
    demo.step_skills.all().delete()
    demo.role_skills.all().delete()
    demo.delete()
    assert told(assignment, "three-scenes") == "The role does not need this."


def test_a_whole_plan_costs_as_many_queries_as_one_step(
    assign: Assign, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 2, by=ada)
    see(lee, "demo", 1, by=ada)
    [assignment] = assign(lee).assignments
    plan = plan_of(assignment)
    for some in (plan[-1:], plan):
        with CaptureQueriesContext(connection) as queries:
            assert len(receipts.sentences(some)) == len(some)
        assert len(queries) == 2
