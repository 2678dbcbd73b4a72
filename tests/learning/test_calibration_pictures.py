"""What is seen side by side: teams, and nobody who could be recognised."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from time_machine import Traveller

from learning.actions import open_calibration, say_done
from learning.calibration.pictures import picture_of, rows_of
from learning.calibration.standing import standing_of
from learning.models import Path, Role
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.learning.cast import Hold, MakePerson, See

SLUG = "discovery"


@pytest.fixture
def role(sales_path: Path, clock: Traveller) -> Role:
    return sales_path.role


@pytest.fixture
def max_(person: MakePerson) -> Person:
    return person("Max", "Oh")


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 12), min_size=1))
def test_no_row_is_about_fewer_than_five_strangers(strangers: dict[int, int]) -> None:
    rows, hidden = rows_of(strangers)
    for row in rows:
        assert sum(strangers[place] for place in row) not in range(1, 5)
        assert row == tuple(sorted(row))
    assert sum(strangers[place] for place in hidden) < 5
    assert sorted([*hidden, *(place for row in rows for place in row)]) == sorted(strangers)
    if hidden:
        assert sum(strangers.values()) < 5


def test_whom_one_sees_by_name_is_no_stranger(
    olive: Person, ada: Person, max_: Person, role: Role, hold: Hold
) -> None:
    """Ada reports to Max: her three are his too, so he would know them in any row."""
    for number in range(3):
        hold(f"A{number}", ada)
    hold("Pia", max_)
    session = open_calibration(role=role, managers=[ada, max_], actor=olive)
    assert picture_of(session, reader=max_, today=TODAY).hidden == 3
    Person.objects.filter(pk=ada.pk).update(manager=max_)
    seen = picture_of(session, reader=max_, today=TODAY)
    assert seen.hidden == 0
    assert [row.own for row in seen.skills[0].rows] == [True, False]


def test_picture_marks_what_stands_out(
    olive: Person, ada: Person, max_: Person, role: Role, hold: Hold, see: See
) -> None:
    for number in range(5):
        see(hold(f"A{number}", ada), SLUG, 1, by=ada)
        see(hold(f"M{number}", max_), SLUG, 2 if number else 3, by=max_)
    session = open_calibration(role=role, managers=[ada, max_], actor=olive)
    picture = picture_of(session, reader=None, today=TODAY)
    told = {each.held_as.skill.slug: each for each in picture.skills}
    assert {row.levels for row in told[SLUG].rows} == {(0, 5, 0, 0), (0, 0, 4, 1)}
    assert told[SLUG].apart == pytest.approx(1.2)
    assert [slug for slug, each in told.items() if each.stands_out] == [SLUG]


def test_picture_and_closing_cost_the_same_for_many_people(
    olive: Person, ada: Person, max_: Person, role: Role, hold: Hold, see: See
) -> None:
    hold("Bo", ada), hold("Pia", max_)
    session = open_calibration(role=role, managers=[ada, max_], actor=olive)
    for manager in (ada, max_):
        say_done(calibration=session, actor=manager)

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            picture_of(session, reader=ada, today=TODAY)
        with CaptureQueriesContext(connection) as more:
            standing_of(session, today=TODAY)
        return len(queries), len(more)

    few = cost()
    for number in range(9):
        see(hold(f"A{number}", ada), SLUG, 1, by=ada)
        see(hold(f"M{number}", max_), SLUG, 2, by=max_)
    assert cost() == few == (5, 5)
