"""Which gaps closed in twelve weeks, per skill and role, and who saw it."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.actions import hold_role, withdraw, withdraw_observation
from learning.models import Observation, Path, RoleHolding, RoleSkill, Skill
from learning.reports import gaps_closed
from learning.reports.small_groups import Split
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import See
from tests.learning.test_replanning_properties import undone
from tests.pulse import crowd, figures, give, nothing_hidden, row_of, small_path

SINCE = TODAY - timedelta(weeks=12)
BEFORE = SINCE - timedelta(days=1)
pytestmark = pytest.mark.usefixtures("clock", "acme")


def parts(self_: int = 0, manager: int = 0, check_in: int = 0, still: int = 0) -> Split:
    told = {"self": self_, "manager": manager, "check-in": check_in, "open": still}
    return Split(told, sum(told.values()), sum(told.values()))


def told(skill: str = "Discovery") -> Split | None:
    """The figure of a skill of account executives; None where there is no row of it."""
    found = [row.gaps for row in gaps_closed(now=NOW).rows if skill.lower() in row.skill.lower()]
    return found[0] if found else None


@pytest.fixture
def team(sales_path: Path) -> list[Person]:
    """Five people on the account executive's path."""
    people = crowd(5)
    give(sales_path, people)
    Skill.objects.filter(slug="discovery").update(name="Discovery")
    return people


def test_gaps_that_closed_by_who_saw_it_and_gaps_that_stayed(
    team: list[Person], see: See, ada: Person
) -> None:
    said, seen, checked, _stayed, half = team
    for person in team:
        see(person, "discovery", 1, by=ada if person is not said else None, observed_on=BEFORE)
    see(said, "discovery", 2)
    see(seen, "discovery", 2, by=ada)
    see(checked, "discovery", 3, by=ada, source=Observation.Source.CHECK_IN)
    see(half, "discovery", 1, by=ada)
    assert told() == parts(1, 1, 1, 2)


def test_the_gaps_of_four_people_are_hidden(team: list[Person], see: See, ada: Person) -> None:
    for person in team[:4]:
        see(person, "discovery", 1, by=ada, observed_on=BEFORE)
        see(person, "discovery", 2, by=ada)
    assert told() == Split()
    figure = gaps_closed(now=NOW)
    assert all(each.hidden for each in figures(figure))
    assert figure.together == Counter()


def test_finding_out_that_somebody_can_do_it_closes_no_gap(
    team: list[Person], see: See, ada: Person
) -> None:
    for person in team:
        see(person, "discovery", 2, by=ada)
    assert told() is None


def test_a_gap_first_seen_in_the_window_can_close_in_it(
    team: list[Person], see: See, ada: Person
) -> None:
    for person in team:
        see(person, "discovery", 0, by=ada, observed_on=TODAY - timedelta(days=40))
        see(person, "discovery", 2, by=ada)
    assert told() == parts(manager=5)


@pytest.mark.parametrize(("seen_on", "split"), [(BEFORE, None), (SINCE, parts(manager=5))])
def test_what_closed_on_the_first_day_of_the_window_closed_in_it(
    team: list[Person], see: See, ada: Person, seen_on: date, split: Split | None
) -> None:
    for person in team:
        see(person, "discovery", 1, by=ada, observed_on=BEFORE - timedelta(days=9))
        see(person, "discovery", 2, by=ada, observed_on=seen_on)
    assert told() == split


def test_what_they_say_counts_no_more_once_a_manager_saw_something(
    team: list[Person], see: See, ada: Person
) -> None:
    for person in team:
        see(person, "discovery", 1, by=ada, observed_on=BEFORE)
        see(person, "discovery", 3)
    assert told() == parts(still=5)


def test_a_gap_that_opened_again_is_open(team: list[Person], see: See, ada: Person) -> None:
    for person in team:
        see(person, "discovery", 1, by=ada, observed_on=BEFORE)
        see(person, "discovery", 2, by=ada, observed_on=TODAY - timedelta(days=20))
        see(person, "discovery", 1, by=ada, observed_on=TODAY - timedelta(days=10))
    assert told() == parts(still=5)


def test_what_was_taken_back_never_counted(team: list[Person], see: See, ada: Person) -> None:
    for person in team:
        see(person, "discovery", 1, by=ada, observed_on=BEFORE)
        seen, _ = see(person, "discovery", 2, by=ada)
        withdraw_observation(observation=seen, now=NOW)
    assert told() == parts(still=5)


def test_who_has_left_or_has_the_role_no_more_is_not_counted(
    sales_path: Path, team: list[Person], see: See, ada: Person
) -> None:
    held, left, withdrawn = crowd(3)
    hold_role(person=held, role=sales_path.role, source=RoleHolding.Source.HAND, starts_on=TODAY)
    withdraw(assignments=give(sales_path, [withdrawn]))
    give(sales_path, [left])
    Person.objects.filter(pk=left.pk).update(employment_status="terminated")
    for person in (*team, held, left, withdrawn):
        see(person, "discovery", 1, by=ada, observed_on=BEFORE)
    assert told() == parts(still=6)
    RoleHolding.objects.update(starts_on=BEFORE, ends_on=TODAY - timedelta(days=1))
    assert told() == parts(still=5)


@pytest.mark.parametrize(("ago", "counted"), [(0, 6), (84, 6), (86, 5)])
def test_who_completed_the_path_in_the_window_still_has_the_role(
    sales_path: Path, team: list[Person], see: See, ada: Person, ago: int, counted: int
) -> None:
    [done] = crowd(1)
    row_of(done, sales_path, status="completed", completed_at=NOW - timedelta(days=ago))
    for person in (*team, done):
        see(person, "discovery", 1, by=ada, observed_on=BEFORE)
    assert told() == parts(still=counted)


def test_a_skill_that_two_roles_require_is_told_of_each_and_added_up_over_what_is_shown(
    team: list[Person], see: See, ada: Person
) -> None:
    other, third = small_path("Coaching"), small_path("Few")
    discovery = Skill.objects.get(slug="discovery")
    RoleSkill.objects.create(role=other.role, skill=discovery, required_level=3)
    RoleSkill.objects.create(role=third.role, skill=discovery, required_level=3)
    for person in team:
        row_of(person, other)
        see(person, "discovery", 1, by=ada, observed_on=BEFORE)
        see(person, "discovery", 2, by=ada)
    row_of(team[0], third)
    figure = gaps_closed(now=NOW)
    assert [(row.role, row.skill, row.gaps) for row in figure.rows] == [
        ("Account executive", "Discovery", parts(manager=5)),
        ("Coaching role", "Discovery", parts(still=5)),
        ("Few role", "Discovery", Split()),
    ]
    assert figure.together == {"manager": 5, "open": 5}


def test_another_company_s_gaps_are_not_ours(globex: Company) -> None:
    with working_for(globex):
        _store([{"role": "path", "left": False, "seen": [(0, 100, "manager", False)]}] * 5)
        assert gaps_closed(now=NOW).together == {"open": 5}
    assert gaps_closed(now=NOW).rows == ()


@pytest.mark.parametrize("number", [3, 30])
def test_it_is_one_query_however_many_people(sales_path: Path, number: int) -> None:
    _store([{"role": "path", "left": False, "seen": [(0, 100, "manager", False)]}] * number)
    with CaptureQueriesContext(connection) as asked:
        gaps_closed(now=NOW)
    assert len(asked) == 1


WORLD = st.lists(
    st.fixed_dictionaries(
        {
            "role": st.sampled_from(["path", "held", "ended", "none"]),
            "left": st.sampled_from([False, False, True]),
            "seen": st.lists(
                st.tuples(
                    st.integers(0, 3),
                    st.sampled_from([0, 1, 20, 83, 84, 85, 100]),
                    st.sampled_from(["self", "manager", "check-in"]),
                    st.sampled_from([False, False, False, True]),
                ),
                max_size=5,
            ),
        }
    ),
    max_size=6,
)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(world=WORLD, required=st.integers(0, 3))
def test_it_says_what_a_reading_of_the_definition_says(
    acme: Company, world: list[dict[str, Any]], required: int
) -> None:
    with undone(), nothing_hidden():
        _store(world, required=required)
        figure = gaps_closed(now=NOW)
    assert figure.together == Counter(
        became for someone in world if (became := _became(someone, required))
    )


def _store(world: list[dict[str, Any]], *, required: int = 2) -> None:
    path = small_path()
    skill = Skill.objects.create(slug="any", name="Any")
    RoleSkill.objects.create(role=path.role, skill=skill, required_level=required)
    for someone in world:
        [person] = crowd(1, employment_status="terminated" if someone["left"] else "active")
        if someone["role"] == "path":
            row_of(person, path)
        elif someone["role"] != "none":
            yesterday = TODAY - timedelta(days=1)
            ended = yesterday if someone["role"] == "ended" else None
            RoleHolding.objects.create(
                person=person, role=path.role, starts_on=yesterday, ends_on=ended
            )
        for level, ago, source, withdrawn in someone["seen"]:
            Observation.objects.create(
                person=person,
                skill=skill,
                level=level,
                source=source,
                observed_on=TODAY - timedelta(days=ago),
                withdrawn_at=NOW if withdrawn else None,
            )


def _became(someone: dict[str, Any], required: int) -> str | None:
    """Who saw that their gap closed, or that it is open; None where they had none."""
    if someone["left"] or someone["role"] in ("ended", "none"):
        return None
    seen = [
        (ago, turn, level, source)
        for turn, (level, ago, source, withdrawn) in enumerate(someone["seen"])
        if not withdrawn
    ]

    def counts(sightings: list[tuple[int, int, int, str]]) -> tuple[int, str] | None:
        by_others = [each for each in sightings if each[3] != "self"]
        latest = sorted(by_others or sightings, key=lambda each: (-each[0], each[1]))
        return (latest[-1][2], latest[-1][3]) if latest else None

    now = counts(seen)
    if now is None:
        return None
    before = counts([each for each in seen if each[0] > 84])
    first = min(seen, key=lambda each: (-each[0], each[1]))
    was = before[0] if before else first[2]
    if was >= required:
        return None
    return now[1] if now[0] >= required else "open"
