"""Rules in words: whom one means, why it means this person, and whether that is everybody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from time_machine import Traveller

from learning.actions import hold_role
from learning.models import AssignmentRule, Path, Role, RoleHolding
from learning.rules.conditions import matching
from learning.rules.descriptions import description, reasons
from learning.rules.preview import preview
from learning.rules.reach import meant, warning
from tenants.people.models import Department, Person
from tests.conftest import TODAY


@pytest.fixture
def rule(clock: Traveller, sales_path: Path) -> Callable[..., AssignmentRule]:
    """``rule(roles=[role], locations=["Berlin"])``: saved."""

    def make(roles: Any = (), departments: Any = (), **conditions: Any) -> AssignmentRule:
        made = AssignmentRule.objects.create(
            name=f"Rule {AssignmentRule.objects.count()}",
            path=sales_path,
            outcome=sales_path.role.outcomes.all()[0],
            claim="close deals faster",
            because="two of your demos ended without a next meeting",
            sign="every demo ends with a date in both calendars",
            **conditions,
        )
        made.roles.set(roles)
        made.departments.set(departments)
        return made

    return make


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({}, "everybody at work"),
        ({"locations": ["Berlin"]}, "Berlin"),
        ({"locations": ["Berlin", "Oslo", "Rome"]}, "Berlin, Oslo or Rome"),
        ({"locations": ["A", "B", "C", "D", "E"]}, "A, B, C or 2 more"),
        ({"statuses": ["leave", "active"]}, "active or on leave"),
        ({"days_since_hire_to": 30}, "first 30 days"),
        ({"days_since_hire_from": 0, "days_since_hire_to": 30}, "first 30 days"),
        ({"days_since_hire_to": 0}, "on the first day"),
        ({"days_since_hire_from": 0}, "from the first day on"),
        ({"days_since_hire_from": 90}, "from day 90 since hire on"),
        ({"days_since_hire_from": 30, "days_since_hire_to": 60}, "day 30 to 60 since hire"),
    ],
)
def test_each_condition_has_its_words(rule, conditions: Any, words: str) -> None:
    assert description(rule(**conditions)) == words


def test_conditions_are_told_together(rule, sales_path: Path, ada: Person) -> None:
    made = rule([sales_path.role], [ada.department], days_since_hire_to=30)
    assert description(made) == "Account executive · Sales · first 30 days"


def test_a_person_is_told_the_conditions_that_they_meet(
    rule, sales_path: Path, lee: Person
) -> None:
    Person.objects.filter(pk=lee.pk).update(location="Oslo", rehired_on=TODAY - timedelta(days=1))
    started = TODAY - timedelta(days=90)
    hold_role(person=lee, role=sales_path.role, source=RoleHolding.Source.HAND, starts_on=started)
    made = rule(
        [sales_path.role, Role.objects.create(slug="other", name="Other")],
        [lee.department],
        locations=["Oslo", "Rome"],
        statuses=["active", "leave"],
        days_since_hire_to=30,
    )
    people = list(matching(made, today=TODAY))
    assert reasons(made, people, today=TODAY) == {
        lee.pk: "Account executive since 20 Aug 2026 · in Sales · Oslo · active · "
        "hired 17 Nov 2026, 1 day ago"
    }


@pytest.mark.parametrize(
    ("status", "days", "words"),
    [("active", 0, "active · starts today"), ("prehire", 5, "starts later · starts on 23 Nov")],
)
def test_somebody_new_is_told_when_they_start(rule, lee, status, days, words) -> None:
    Person.objects.filter(pk=lee.pk).update(
        employment_status=status, hired_on=TODAY + timedelta(days=days)
    )
    made = rule(statuses=["prehire", "active"], days_since_hire_to=1)
    told = reasons(made, matching(made, today=TODAY), today=TODAY)
    assert told[lee.pk].startswith(words)


def test_without_conditions_being_at_work_is_the_reason(rule, lee: Person) -> None:
    assert reasons(rule(), [lee], today=TODAY) == {lee.pk: "at work here"}


def test_a_rule_for_everybody_is_warned_of_with_the_count(rule, lee: Person, nia: Person) -> None:
    def warned(made: AssignmentRule) -> str:
        return warning(made, meant(preview(made, today=TODAY)))

    assert warned(rule()) == "This rule has no conditions: it means all 3 people at work."
    Person.objects.filter(pk=nia.pk).update(employment_status="leave")
    assert warned(rule(statuses=["active", "leave"])) == (
        "This rule has no condition but the employment status (active, on leave): it means all 3 "
        "people."
    )
    assert warned(rule(days_since_hire_from=0)) == (
        "Its conditions leave nobody out: it means all 2 people at work."
    )
    sales = Department.objects.filter(name="Sales")
    Person.objects.filter(pk=nia.pk).update(department=None, employment_status="active")
    assert warned(rule(departments=sales)) == ""
    assert warned(rule(departments=sales, statuses=["prehire"])) == ""
