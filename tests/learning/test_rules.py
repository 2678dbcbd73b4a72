"""Assignment rules: who is meant, what they are given, and at most once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import (
    finish_step,
    hold_role,
    run_rule,
    run_rules,
    switch_off,
    switch_on,
    undo_withdrawal,
    withdraw,
)
from learning.models import Assignment, AssignmentRule, Path, RoleHolding, RuleMatch
from learning.rules.conditions import is_about_everybody, matching
from learning.rules.preview import preview
from tenants.people.models import Department, Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import Assign, See, plan_of


@pytest.fixture
def rule(clock: Traveller, sales_path: Path, olive: Person):
    """``rule(locations=["Berlin"])``: a saved rule that gives the account executive's path."""

    def make(roles: Any = (), departments: Any = (), **fields: Any) -> AssignmentRule:
        made = AssignmentRule.objects.create(
            **{
                "name": f"Rule {AssignmentRule.objects.count()}",
                "path": sales_path,
                "outcome": sales_path.role.outcomes.get(slug="close-faster"),
                "claim": "close deals faster",
                "because": "two of your demos ended without a next meeting",
                "sign": "every demo ends with a date in both calendars",
                "created_by": olive,
                **fields,
            }
        )
        made.roles.set(roles)
        made.departments.set(departments)
        return made

    return make


def meant(rule: AssignmentRule) -> set[str]:
    return {person.given_name for person in matching(rule, today=TODAY)}


def on_the_path() -> set[str]:
    return set(Assignment.objects.values_list("person__given_name", flat=True))


def test_without_conditions_it_means_everybody_at_work(
    rule, lee: Person, nia: Person, ada: Person
) -> None:
    Person.objects.filter(pk=nia.pk).update(employment_status="leave")
    everybody = rule()
    assert meant(everybody) == {"Olive", "Lee", "Ada"}
    assert is_about_everybody(everybody)


def test_conditions_narrow_each_other(rule, lee: Person, nia: Person, ada: Person) -> None:
    sales = Department.objects.get(name="Sales")
    Person.objects.filter(pk=lee.pk).update(location="Berlin")
    assert meant(rule(departments=[sales])) == {"Lee", "Ada"}
    assert meant(rule(locations=["Berlin", "Oslo"])) == {"Lee"}
    assert meant(rule(departments=[sales], locations=["Oslo"])) == set()
    assert not is_about_everybody(rule(departments=[sales]))


def test_a_role_counts_while_it_is_held(rule, lee: Person, nia: Person, sales_path: Path) -> None:
    hold_role(person=lee, role=sales_path.role, source=RoleHolding.Source.HAND)
    RoleHolding.objects.create(
        person=nia, role=sales_path.role, starts_on=TODAY + timedelta(days=1)
    )
    assert meant(rule(roles=[sales_path.role])) == {"Lee"}


@pytest.mark.parametrize(
    ("days", "who"),
    [
        ({"days_since_hire_to": 4}, {"Nia"}),
        ({"days_since_hire_to": 3}, set()),
        ({"days_since_hire_from": 4, "days_since_hire_to": 30}, {"Nia"}),
        ({"days_since_hire_from": 5}, {"Olive", "Ada", "Lee"}),
        ({"days_since_hire_from": 0}, {"Olive", "Ada", "Lee", "Nia"}),
    ],
)
def test_days_since_hire_count_from_the_first_day(rule, lee, nia, days, who) -> None:
    assert meant(rule(**days)) == who  # Nia was hired four days ago


def test_days_count_anew_for_whoever_was_hired_again(rule, lee: Person) -> None:
    Person.objects.filter(pk=lee.pk).update(rehired_on=TODAY - timedelta(days=2))
    assert meant(rule(days_since_hire_to=2)) == {"Lee"}


def test_it_gives_the_path_with_its_framing_and_says_who_made_it(
    rule, lee: Person, ada: Person, olive: Person
) -> None:
    made = rule(departments=[ada.department], because="nobody in {department} books the next call")
    given = run_rule(rule=made, now=NOW)
    assert {each.person for each in given} == {lee, ada}
    assert given[0].because == "nobody in Sales books the next call"
    assert (given[0].source, given[0].rule, given[0].assigned_by) == ("rule", made, olive)
    assert plan_of(given[0])


def test_once_per_person_whatever_becomes_of_the_path(rule, lee: Person, ada: Person) -> None:
    made = rule(departments=[ada.department])
    given = run_rule(rule=made, now=NOW)
    withdraw(assignments=given[:1])
    assert run_rule(rule=made, now=NOW) == []
    assert RuleMatch.objects.filter(rule=made).count() == 2
    undo_withdrawal(assignments=given[:1])
    assert run_rule(rule=made, now=NOW) == []


def test_whoever_has_the_path_or_completed_it_is_left_alone_for_good(
    rule, assign: Assign, lee: Person, ada: Person
) -> None:
    mine, hers = assign(lee, ada).assignments
    for plan_step in plan_of(hers):
        finish_step(plan_step=plan_step)
    made = rule(departments=[ada.department])
    told = preview(made, today=TODAY)
    assert (set(told.had_it), told.framings) == ({lee, ada}, {})
    assert run_rule(rule=made, now=NOW) == []
    withdraw(assignments=[mine])
    assert run_rule(rule=made, now=NOW) == []


def test_who_lacks_what_the_framing_speaks_of_waits_until_it_is_known(
    rule, nia: Person, ada: Person
) -> None:
    made = rule(days_since_hire_to=9, because="{department} loses demos to no next meeting")
    assert preview(made, today=TODAY).unfilled == {nia: "Their department is not known."}
    assert run_rule(rule=made, now=NOW) == []
    Person.objects.filter(pk=nia.pk).update(department=ada.department)
    assert [each.person for each in run_rule(rule=made, now=NOW)] == [nia]


def test_a_framing_can_name_each_persons_own_largest_gap(
    rule, lee: Person, ada: Person, see: See
) -> None:
    for skill in ("discovery", "qualification", "multithreading", "demo", "negotiation"):
        see(lee, skill, 2, by=ada)
    made = rule(departments=[ada.department], because="{gap} is where deals wait")
    told = preview(made, today=TODAY).framings
    assert told[lee].because == "mutual close plans is where deals wait"
    assert told[ada].because == "discovery conversations is where deals wait"


def test_a_framing_that_grows_too_long_for_somebody_waits(rule, lee: Person, ada: Person) -> None:
    Department.objects.filter(name="Sales").update(name="x" * 150)
    made = rule(departments=[ada.department], claim="close {department} and {department}")
    told = preview(made, today=TODAY)
    assert told.framings == {}
    assert set(told.unfilled.values()) == {"Say it in at most 200 characters."}


def test_the_preview_is_what_the_run_does(rule, lee: Person, nia: Person, ada: Person) -> None:
    made = rule(because="{department} loses demos to no next meeting")
    told = preview(made, today=TODAY)
    given = run_rule(rule=made, now=NOW)
    assert {each.person: each.because for each in given} == {
        person: framing.because for person, framing in told.framings.items()
    }
    again = preview(made, today=TODAY)
    assert (again.framings, again.been_through) == ({}, len(given))
    assert again.unfilled == told.unfilled


def test_only_rules_that_are_switched_on_run(rule, lee: Person, ada: Person) -> None:
    made = rule(departments=[ada.department])
    assert run_rules(now=NOW) == 0
    assert len(switch_on(rule=made)) == 2
    made.refresh_from_db()
    assert (made.active, made.switched_on_at) == (True, NOW)
    switch_off(rule=made)
    Person.objects.filter(given_name="Olive").update(department=ada.department)
    assert run_rules(now=NOW) == 0
    assert on_the_path() == {"Lee", "Ada"}


def test_a_path_that_cannot_be_given_stops_neither_its_rule_nor_the_others(
    rule, sales_path: Path, lee: Person, ada: Person
) -> None:
    empty = Path.objects.create(role=sales_path.role, slug="e", name="Empty", status="published")
    drafted = Path.objects.create(role=sales_path.role, slug="d", name="Drafted")
    for path in (empty, drafted):
        with pytest.raises(ValidationError):
            switch_on(rule=rule(path=path))
        rule(path=path, active=True)
    rule(departments=[ada.department], active=True)
    assert run_rules(now=NOW) == 2
    assert on_the_path() == {"Lee", "Ada"}


def test_a_rule_for_some_people_looks_at_nobody_else(rule, lee: Person, ada: Person) -> None:
    rule(departments=[ada.department], active=True)
    assert run_rules(now=NOW, people=[lee.pk]) == 1
    assert on_the_path() == {"Lee"}


def test_a_rule_whose_days_run_backwards_or_whose_outcome_is_anothers_is_refused(
    rule, sales_path: Path
) -> None:
    made = rule()
    made.days_since_hire_from, made.days_since_hire_to = 30, 10
    with pytest.raises(ValidationError, match="ends before it begins, on day 30"):
        made.full_clean()


def test_it_costs_the_same_for_one_or_many(rule, lee: Person, ada: Person, person) -> None:
    def cost(made: AssignmentRule) -> int:
        with CaptureQueriesContext(connection) as captured:
            run_rule(rule=made, now=NOW)
        return len(captured)

    few = cost(rule(departments=[ada.department], because="{gap} is where deals wait"))
    for number in range(14):
        person("Bo", f"Number{number}", department=ada.department)
    many = cost(rule(departments=[ada.department], because="{gap} is where deals wait"))
    assert on_the_path() >= {"Bo"}
    assert many <= few + 1  # of those who had it there are some this time
