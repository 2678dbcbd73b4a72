"""What follows when people change, and every night."""

from datetime import timedelta

import pytest
from time_machine import Traveller

from learning.actions import follow_nightly, hold_role
from learning.models import Assignment, AssignmentRule, Path, RoleHolding, RuleRun, TitleRule
from learning.tasks import follow_people
from tenants.people.actions import sync_people
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.test_consequences import hris


@pytest.fixture
def rules(clock: Traveller, sales_path: Path) -> AssignmentRule:
    """Account executives by title; whoever is one gets the path in their first month."""
    TitleRule.objects.all().delete()
    TitleRule.objects.create(role=sales_path.role, text="account executive")
    rule = AssignmentRule.objects.create(
        name="New account executives",
        path=sales_path,
        outcome=sales_path.role.outcomes.get(slug="close-faster"),
        claim="close deals faster",
        because="two of three demos here end without a next meeting",
        sign="every demo ends with a date in both calendars",
        days_since_hire_to=30,
        active=True,
    )
    rule.roles.add(sales_path.role)
    return rule


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks):
    """Inside ``with at_once():`` what a worker would do after the commit is done at the end."""
    monkeypatch.setattr(follow_people, "delay", follow_people)
    return lambda: django_capture_on_commit_callbacks(execute=True)


def given_to() -> list[str]:
    return sorted(Assignment.objects.values_list("person__given_name", flat=True))


def test_a_new_hire_has_a_role_and_a_path_as_soon_as_they_are_known(rules, ada, at_once) -> None:
    row = {
        "email": "io@acme.example",
        "given_name": "Io",
        "job_title": "Account Executive",
        "hired_on": TODAY,
    }
    with at_once():
        sync_people(rows=[row], source="api")
    assert given_to() == ["Io"]
    holding = RoleHolding.objects.get()
    assert (holding.person.given_name, holding.source) == ("Io", "rule")


def test_a_new_title_is_followed_and_a_new_name_is_not(rules, nia, ada, at_once) -> None:
    Person.objects.filter(pk=nia.pk).update(job_title="Trainee")
    with at_once():
        hris(nia, preferred_name="Ni")
    assert given_to() == []
    with at_once():
        hris(nia, job_title="Account Executive")
    assert given_to() == ["Nia"]


def test_a_role_given_by_hand_is_followed_too(rules, nia, sales_path, at_once) -> None:
    Person.objects.filter(pk=nia.pk).update(job_title="Trainee")
    with at_once():
        hold_role(person=nia, role=sales_path.role, source=RoleHolding.Source.HAND)
    assert given_to() == ["Nia"]


def test_without_rules_nothing_is_queued(
    nia, clock: Traveller, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks() as queued:
        hris(nia, job_title="Trainee")
    assert queued == []


def test_every_night_once_by_the_companys_own_calendar(rules, nia, lee, clock: Traveller) -> None:
    assert follow_nightly(now=NOW) == 1
    assert follow_nightly(now=NOW) is None
    late = NOW + timedelta(hours=14, minutes=31)  # 23:01 in London, but 00:01 in Berlin
    assert follow_nightly(now=late) == 0
    assert list(RuleRun.objects.values_list("day", "assigned")) == [
        (TODAY + timedelta(days=1), 0),
        (TODAY, 1),
    ]


def test_somebody_comes_of_age_for_a_rule_by_night(rules, nia, clock: Traveller) -> None:
    rules.days_since_hire_from = 7
    rules.save()
    assert follow_nightly(now=NOW) == 0  # her fourth day
    for day in range(1, 4):
        clock.move_to(NOW + timedelta(days=day))
        assert follow_nightly(now=NOW + timedelta(days=day)) == (1 if day == 3 else 0)


def test_a_night_that_fails_leaves_nothing_and_is_tried_again(
    rules, nia, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> int:
        raise RuntimeError("out of memory")

    with monkeypatch.context() as patch:
        patch.setattr("learning.actions.following.run_rules", fail)
        with pytest.raises(RuntimeError):
            follow_nightly(now=NOW)
    assert not RoleHolding.objects.exists()
    assert follow_nightly(now=NOW) == 1
