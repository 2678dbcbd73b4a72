"""Which skills a self-check asks about, and where somebody stands in each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.actions import hold_role
from learning.library import load_role
from learning.models import Path, Role, RoleHolding, RoleSkill, Skill
from learning.self_check import SelfCheck, seconds_for, self_check
from learning.standings import standings_of
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.learning.cast import Assign, See

IN_ORDER = [
    "discovery", "mutual-plan", "qualification", "multithreading", "demo", "negotiation",
]  # fmt: skip


def check_of(person: Person) -> SelfCheck:
    return self_check(standings_of(person, today=TODAY), today=TODAY)


def asked(person: Person) -> list[str]:
    return [standing.skill.slug for standing in check_of(person).asked]


def days_ago(days: int) -> dict[str, object]:
    return {"observed_on": TODAY - timedelta(days=days)}


@pytest.fixture
def held(clock, sales_path: Path, lee: Person) -> Role:
    """Lee is an account executive."""
    hold_role(person=lee, role=sales_path.role, source=RoleHolding.Source.HAND)
    return sales_path.role


@pytest.fixture
def long_ones(held: Role) -> None:
    """Every skill takes about a minute to read, so that two of them fit."""
    Skill.objects.update(on_their_own="word " * 250)


def test_it_asks_each_skill_of_the_roles_that_are_held_or_on_a_path(
    assign: Assign, lee: Person, nia: Person, sales_path: Path
) -> None:
    assert asked(lee) == []
    assign(lee)
    assert asked(lee) == IN_ORDER
    hold_role(person=nia, role=sales_path.role, source=RoleHolding.Source.HAND)
    assert asked(nia) == IN_ORDER


def test_a_skill_of_two_roles_is_asked_once_and_the_higher_level_is_required(
    held: Role, lee: Person
) -> None:
    lead = Role.objects.create(slug="lead", name="Sales lead")
    demo = Skill.objects.get(slug="demo")
    RoleSkill.objects.create(role=lead, skill=demo, required_level=3)
    hold_role(person=lee, role=lead, source=RoleHolding.Source.HAND)
    assert asked(lee) == IN_ORDER
    standing = check_of(lee).asked[4]
    assert (standing.required, standing.role) == (3, held)


def test_what_no_role_requires_is_not_asked(held: Role, lee: Person) -> None:
    RoleSkill.objects.filter(skill__slug="demo").update(required_level=0)
    assert asked(lee) == [slug for slug in IN_ORDER if slug != "demo"]


def test_what_a_manager_saw_in_the_last_60_days_is_left_out(
    held: Role, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "demo", 0, by=ada, **days_ago(59))
    see(lee, "discovery", 2, by=ada, **days_ago(60))
    see(lee, "negotiation", 2, **days_ago(1))
    check = check_of(lee)
    assert [standing.skill.slug for standing in check.seen_lately] == ["demo"]
    assert not check.all_seen_lately
    assert asked(lee) == [slug for slug in IN_ORDER if slug != "demo"]


def test_where_a_manager_saw_everything_lately_all_is_asked_and_said_so(
    held: Role, see: See, ada: Person, lee: Person
) -> None:
    for slug in IN_ORDER:
        see(lee, slug, 1, by=ada)
    check = check_of(lee)
    assert check.all_seen_lately
    assert check.seen_lately == []
    assert asked(lee) == IN_ORDER


def test_past_three_minutes_what_nobody_saw_goes_first_then_what_was_rated_longest_ago(
    long_ones: None, see: See, ada: Person, lee: Person
) -> None:
    for days, slug in enumerate(IN_ORDER[:5], start=1):
        see(lee, slug, 1, **days_ago(days))
    see(lee, "mutual-plan", 1, by=ada, **days_ago(90))
    check = check_of(lee)
    assert asked(lee) == ["demo", "negotiation"]
    assert [standing.skill.slug for standing in check.later] == IN_ORDER[:4]
    assert check.under_minutes == 3


def test_answers_of_today_do_not_change_what_is_asked(
    long_ones: None, see: See, lee: Person
) -> None:
    before = asked(lee)
    assert before == IN_ORDER[:2]
    see(lee, "discovery", 2)
    check = check_of(lee)
    assert asked(lee) == before
    assert [standing.skill.slug for standing in check.unanswered] == ["mutual-plan"]


def test_a_skill_that_takes_more_than_three_minutes_is_asked_alone(held: Role, lee: Person) -> None:
    Skill.objects.filter(slug="discovery").update(with_help="word " * 1000)
    check = check_of(lee)
    assert asked(lee) == ["discovery"]
    assert check.under_minutes == 5


def test_every_role_of_the_library_takes_less_than_three_minutes(acme) -> None:
    for slug in ("customer-success-manager", "sdr", "software-engineer"):
        role = load_role(slug)
        assert seconds_for(Skill.objects.filter(role_skills__role=role)) < 180


def test_it_costs_eight_queries_for_one_role_or_two(
    held: Role, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "demo", 2, by=ada)
    see(lee, "discovery", 2)
    with CaptureQueriesContext(connection) as one:
        assert len(standings_of(lee, today=TODAY)) == 6
    other = load_role("sdr")
    hold_role(person=lee, role=other, source=RoleHolding.Source.HAND)
    with CaptureQueriesContext(connection) as two:
        assert len(standings_of(lee, today=TODAY)) > 6
    assert len(one) == len(two) == 8


def test_a_standing_tells_what_was_seen_what_was_said_and_whether_that_differs(
    held: Role, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "demo", 1, by=ada, **days_ago(70))
    see(lee, "demo", 3)
    see(lee, "discovery", 2)
    by_slug = {s.skill.slug: s for s in standings_of(lee, today=TODAY)}
    demo, discovery = by_slug["demo"], by_slug["discovery"]
    assert (demo.level, demo.said_level, demo.observer, demo.differs) == (1, 3, ada, True)
    assert not demo.is_met
    assert (discovery.level, discovery.differs, discovery.is_met) == (2, False, True)
    assert by_slug["negotiation"].level is None
