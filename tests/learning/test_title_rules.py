"""Roles by job title and department."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from time_machine import Traveller

from learning.actions import apply_title_rules, end_holding, hold_role
from learning.models import Path, Role, RoleHolding, TitleRule
from learning.titles import TitleRules, words_of
from tenants.people.models import Department, EmploymentStatus, Person
from tests.conftest import NOW, TODAY
from tests.learning.test_consequences import hris

RULE, HAND = RoleHolding.Source.RULE, RoleHolding.Source.HAND
DAY = timedelta(days=1)


@pytest.fixture
def role(sales_path: Path, clock: Traveller) -> Role:
    """The account executive, held by whoever has that title."""
    TitleRule.objects.all().delete()
    TitleRule.objects.create(role=sales_path.role, text="account executive")
    return sales_path.role


def held(person: Person) -> list[tuple[str, date, date | None]]:
    rows = RoleHolding.objects.filter(person=person).order_by("starts_on")
    return [(row.source, row.starts_on, row.ends_on) for row in rows]


@pytest.mark.parametrize(
    ("title", "fits"),
    [
        ("Account Executive", True),
        ("Senior Account  Executive, EMEA", True),
        ("ACCOUNT-EXECUTIVE", True),
        ("Account Executives' Assistant", False),
        ("Subaccount Executive", False),
        ("Executive Account Lead", False),
        ("", False),
    ],
)
def test_words_are_found_whole_in_any_case(title: str, fits: bool) -> None:
    rules = TitleRules([("job_title", "contains", words_of("account executive"), 7)])
    assert rules.roles_of(title, "Sales") == ({7} if fits else set())


def test_exactly_means_nothing_else_beside() -> None:
    rules = TitleRules([("department", "is", words_of("Sales"), 7)])
    assert rules.roles_of("", "sales") == {7}
    assert rules.roles_of("", "Inside Sales") == set()
    assert rules.roles_of("Sales", "") == set()


@given(st.text(max_size=30))
def test_a_title_always_contains_itself(title: str) -> None:
    rules = TitleRules([("job_title", "contains", words_of(title), 1)])
    assert rules.roles_of(f"Senior {title} II", "") == {1} or not words_of(title).strip()


def test_who_has_the_title_holds_the_role_from_today(role: Role, lee: Person, ada: Person) -> None:
    assert apply_title_rules(today=TODAY) == 1
    assert held(lee) == [(RULE, TODAY, None)]
    assert held(ada) == []


def test_again_changes_nothing(role: Role, lee: Person) -> None:
    apply_title_rules(today=TODAY)
    assert apply_title_rules(today=TODAY + DAY) == 0
    assert held(lee) == [(RULE, TODAY, None)]


def test_somebody_who_is_yet_to_come_holds_it_from_their_first_day(role: Role, lee: Person) -> None:
    lee.employment_status, lee.hired_on = EmploymentStatus.PREHIRE, TODAY + 9 * DAY
    lee.save()
    apply_title_rules(today=TODAY)
    assert held(lee) == [(RULE, TODAY + 9 * DAY, None)]


def test_it_ends_the_day_before_the_title_no_longer_fits(role: Role, lee: Person) -> None:
    apply_title_rules(today=TODAY)
    Person.objects.filter(pk=lee.pk).update(job_title="Sales Engineer")
    apply_title_rules(today=TODAY + 30 * DAY)
    assert held(lee) == [(RULE, TODAY, TODAY + 29 * DAY)]


def test_a_title_that_did_not_last_a_day_leaves_no_trace(role: Role, lee: Person) -> None:
    apply_title_rules(today=TODAY)
    Person.objects.filter(pk=lee.pk).update(job_title="Sales Engineer")
    apply_title_rules(today=TODAY)
    assert held(lee) == []


def test_a_role_held_by_hand_is_neither_doubled_nor_ended(
    role: Role, lee: Person, ada: Person
) -> None:
    for person in (lee, ada):
        hold_role(person=person, role=role, source=HAND)
    assert apply_title_rules(today=TODAY) == 0
    assert held(lee) == held(ada) == [(HAND, TODAY, None)]


def test_what_was_ended_by_hand_does_not_come_back_by_rule(role: Role, lee: Person) -> None:
    apply_title_rules(today=TODAY)
    end_holding(holding=RoleHolding.objects.get(person=lee), ends_on=TODAY)
    apply_title_rules(today=TODAY + 2 * DAY)
    assert held(lee) == [(HAND, TODAY, TODAY)]


def test_whoever_is_hired_again_gets_it_by_title_whatever_was_decided_before(
    role: Role, lee: Person, clock: Traveller, django_capture_on_commit_callbacks
) -> None:
    apply_title_rules(today=TODAY)
    end_holding(holding=RoleHolding.objects.get(person=lee), ends_on=TODAY)
    hris(lee, employment_status="terminated")
    clock.move_to(NOW + timedelta(days=200))
    hris(lee, employment_status="active")
    apply_title_rules(today=TODAY + 200 * DAY)
    assert held(lee)[-1] == (RULE, TODAY + 200 * DAY, None)


def test_a_role_held_by_hand_before_is_over_when_somebody_is_hired_again(
    role: Role, ada: Person, clock: Traveller
) -> None:
    hold_role(person=ada, role=role, source=HAND)
    hris(ada, employment_status="terminated")
    clock.move_to(NOW + timedelta(days=200))
    hris(ada, employment_status="active")
    assert held(ada) == [(HAND, TODAY, TODAY)]


def test_nobody_who_has_left_is_given_a_role(role: Role, lee: Person) -> None:
    Person.objects.filter(pk=lee.pk).update(employment_status="terminated")
    assert apply_title_rules(today=TODAY) == 0


def test_a_draft_role_is_held_by_nobody(role: Role, lee: Person) -> None:
    Role.objects.filter(pk=role.pk).update(status=Role.Status.DRAFT)
    role.refresh_from_db()
    assert apply_title_rules(today=TODAY) == 0
    with pytest.raises(ValidationError, match="Account executive is draft"):
        hold_role(person=lee, role=role, source=HAND)


def test_a_rule_without_a_word_is_refused(role: Role) -> None:
    with pytest.raises(ValidationError, match="at least one word"):
        TitleRule(role=role, text=" - ").full_clean()
    with pytest.raises(ValidationError, match="has this rule already"):
        TitleRule(role=role, text="Account Executive").full_clean()


def test_it_costs_the_same_for_one_or_many(role: Role, lee: Person, person) -> None:
    TitleRule.objects.create(role=role, field="department", match="is", text="Sales")
    with CaptureQueriesContext(connection) as few:
        apply_title_rules(today=TODAY)
    sales = Department.objects.get(name="Sales")
    for number in range(15):
        person("Bo", f"Number{number}", department=sales)
    with CaptureQueriesContext(connection) as many:
        assert apply_title_rules(today=TODAY) == 15
    assert len(many) <= len(few) <= 7
