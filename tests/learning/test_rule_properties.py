"""Any rule about any people: who is meant, and that it comes to each once."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.actions import run_rule, withdraw
from learning.models import Assignment, AssignmentRule, Path, RoleHolding, RuleMatch
from learning.rules.conditions import matching
from learning.rules.preview import preview
from tenants.people.models import Department, Person
from tests.conftest import NOW, TODAY
from tests.learning.test_replanning_properties import undone

PLACES = ("Berlin", "Oslo", "")
STATUSES = ("prehire", "active", "leave", "terminated")
DAYS = st.one_of(st.none(), st.integers(-5, 60))
examples = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

WORKERS = st.lists(
    st.fixed_dictionaries(
        {
            "sells": st.booleans(),
            "holds": st.booleans(),
            "location": st.sampled_from(PLACES),
            "employment_status": st.sampled_from(STATUSES),
            "hired": DAYS,
            "rehired": DAYS,
        }
    ),
    max_size=6,
)


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    days = sorted(draw(st.lists(st.integers(0, 60), min_size=2, max_size=2)))
    return {
        "sells": draw(st.booleans()),
        "holds": draw(st.booleans()),
        "locations": draw(st.sampled_from([[], ["Berlin"], ["Berlin", "Oslo"]])),
        "statuses": draw(st.lists(st.sampled_from(STATUSES[:3]), min_size=1, unique=True)),
        "days_since_hire_from": draw(st.sampled_from([None, days[0]])),
        "days_since_hire_to": draw(st.sampled_from([None, days[1]])),
    }


@pytest.fixture
def world(sales_path: Path, clock, olive: Person):
    """``world(people, conditions)``: these people, and a rule of these conditions."""
    sales = Department.objects.create(name="Selling")

    def make(workers: list[dict[str, Any]], wanted: dict[str, Any]):
        people = {}
        for number, worker in enumerate(workers):
            person = Person.objects.create(
                given_name=f"P{number}",
                department=sales if worker["sells"] else None,
                location=worker["location"],
                employment_status=worker["employment_status"],
                hired_on=_day(worker["hired"]),
                rehired_on=_day(worker["rehired"]),
            )
            people[person.pk] = worker
            if worker["holds"]:
                RoleHolding.objects.create(person=person, role=sales_path.role, starts_on=TODAY)
        wanted = dict(wanted)
        sells, holds = wanted.pop("sells"), wanted.pop("holds")
        rule = AssignmentRule.objects.create(
            name="Any",
            path=sales_path,
            outcome=sales_path.role.outcomes.all()[0],
            claim="close deals faster",
            because="demos end without a next meeting in {location}",
            sign="every demo ends with a date in both calendars",
            **wanted,
        )
        rule.departments.set([sales] if sells else [])
        rule.roles.set([sales_path.role] if holds else [])
        return rule, people

    return make


def _day(ago: int | None) -> date | None:
    return None if ago is None else TODAY - timedelta(days=ago)


def is_meant(worker: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """The conditions in plain words."""
    days = worker["rehired"] if worker["rehired"] is not None else worker["hired"]
    first, last = wanted["days_since_hire_from"], wanted["days_since_hire_to"]
    return (
        worker["employment_status"] in wanted["statuses"]
        and (worker["sells"] or not wanted["sells"])
        and (worker["holds"] or not wanted["holds"])
        and (not wanted["locations"] or worker["location"] in wanted["locations"])
        and (first is None or (days is not None and days >= first))
        and (last is None or (days is not None and days <= last))
    )


@examples
@given(workers=WORKERS, wanted=conditions())
def test_a_rule_means_exactly_who_meets_every_condition(world, workers, wanted) -> None:
    with undone():
        rule, people = world(workers, wanted)
        ours = matching(rule, today=TODAY).filter(pk__in=people)
        assert {person.pk for person in ours} == {
            pk for pk, worker in people.items() if is_meant(worker, wanted)
        }


@examples
@given(workers=WORKERS, wanted=conditions(), data=st.data())
def test_however_often_it_runs_and_whatever_is_withdrawn_each_is_given_it_once(
    world, workers, wanted, data
) -> None:
    with undone():
        rule, people = world(workers, wanted)
        for _ in range(data.draw(st.integers(1, 3))):
            some = data.draw(st.none() | st.lists(st.sampled_from(sorted(people) or [0])))
            run_rule(rule=rule, now=NOW, people=some)
            given_to = list(Assignment.objects.filter(rule=rule))
            if given_to and data.draw(st.booleans()):
                withdraw(assignments=[data.draw(st.sampled_from(given_to))])
        times = Counter(Assignment.objects.filter(rule=rule).values_list("person_id", flat=True))
        assert set(times.values()) <= {1}
        assert RuleMatch.objects.filter(rule=rule).count() == len(times)


@examples
@given(workers=WORKERS, wanted=conditions())
def test_the_preview_tells_what_the_run_does_and_leaves_nobody_out(world, workers, wanted) -> None:
    with undone():
        rule, people = world(workers, wanted)
        told = preview(rule, today=TODAY, people=people)
        meant = {pk for pk, worker in people.items() if is_meant(worker, wanted)}
        assert {p.pk for p in (*told.framings, *told.had_it, *told.unfilled)} == meant
        assert {p.pk for p in told.unfilled} == {pk for pk in meant if not people[pk]["location"]}
        given_to = run_rule(rule=rule, now=NOW, people=people)
        assert {a.person: a.because for a in given_to} == {
            person: framing.because for person, framing in told.framings.items()
        }
