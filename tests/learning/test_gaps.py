"""What is missing between what a role requires and what was seen."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.actions import hold_role, withdraw
from learning.gaps import Gap, gaps_of
from learning.models import Path, RoleHolding, RoleSkill, Skill
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.learning.cast import Assign, See

HAND = RoleHolding.Source.HAND


def sizes(gaps: list[Gap]) -> dict[str, int | None]:
    names = dict(Skill.objects.values_list("pk", "slug"))
    return {names[gap.skill_id]: gap.size for gap in gaps}


def test_a_gap_is_what_is_missing_and_never_seen_is_one_of_its_own(
    assign: Assign, see: See, lee: Person, ada: Person
) -> None:
    assign(lee)
    see(lee, "discovery", 1, by=ada)
    see(lee, "demo", 3, by=ada)
    gaps = gaps_of([lee.pk], today=TODAY)
    assert sizes(gaps) == {
        "discovery": 1,
        "mutual-plan": None,
        "qualification": None,
        "multithreading": None,
        "demo": 0,
        "negotiation": None,
    }
    assert [gap.is_closed for gap in gaps] == [False, False, False, False, True, False]


def test_a_skill_that_the_role_does_not_require_is_no_gap(
    assign: Assign, lee: Person, sales_path: Path
) -> None:
    assign(lee)
    RoleSkill.objects.filter(skill__slug="demo").update(required_level=0)
    assert [gap.is_closed for gap in gaps_of([lee.pk], today=TODAY)].count(True) == 1


def test_roles_count_while_they_are_held_or_a_path_of_them_is_open(
    assign: Assign, lee: Person, nia: Person, ada: Person, sales_path: Path
) -> None:
    given = assign(lee).assignments
    hold_role(person=nia, role=sales_path.role, source=HAND)
    hold_role(person=ada, role=sales_path.role, source=HAND, starts_on=TODAY + timedelta(days=1))
    everybody = [lee.pk, nia.pk, ada.pk]
    assert {gap.person_id for gap in gaps_of(everybody, today=TODAY)} == {lee.pk, nia.pk}
    withdraw(assignments=given)
    assert {gap.person_id for gap in gaps_of(everybody, today=TODAY)} == {nia.pk}


def test_it_costs_the_same_for_one_or_many(assign: Assign, lee: Person, person) -> None:
    assign(lee)
    with CaptureQueriesContext(connection) as one:
        gaps_of([lee.pk], today=TODAY)
    others = [person("Bo", f"Number{number}") for number in range(9)]
    assign(*others)
    with CaptureQueriesContext(connection) as many:
        assert len(gaps_of([p.pk for p in (lee, *others)], today=TODAY)) == 60
    assert len(many) == len(one) == 4
