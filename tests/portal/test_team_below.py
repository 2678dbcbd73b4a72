"""The teams below one's own: a manager of managers goes down the tree, and nowhere else."""

from typing import Any

import pytest
from time_machine import Traveller

from reinforcement.actions import hold_conversation
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import Assign, MakePerson, Visit
from tests.portal.test_team import shown


@pytest.fixture
def max_(ada: Person, lee: Person, person: MakePerson, clock: Traveller) -> Person:
    """Ada's manager."""
    above = person("Max", "Ek")
    Person.objects.filter(pk=ada.pk).update(manager=above)
    ada.refresh_from_db()
    return above


def test_a_manager_of_managers_opens_a_team_and_comes_back(
    visit: Visit, acme: Company, max_: Person, ada: Person, lee: Person, assign: Assign
) -> None:
    assign(lee)
    client = visit(acme, max_)
    own = shown(client)
    assert "Lee Tanaka" not in own
    assert f'href="/team/{ada.uid}/">Ada leads one person</a>' in own
    below = shown(client, f"/team/{ada.uid}/")
    assert "Ada Lindqvist’s team" in below
    assert "Lee Tanaka" in below
    assert '<a href="/team/">← My team</a>' in below
    assert 'href="/team/" aria-current="true"' in below


def test_two_steps_down_the_way_back_is_one_step_up(
    visit: Visit, acme: Company, max_: Person, ada: Person, lee: Person, person: MakePerson
) -> None:
    person("Bo", "Ek", manager=lee)
    below = shown(visit(acme, max_), f"/team/{lee.uid}/")
    assert "Bo Ek" in below
    assert f'<a href="/team/{ada.uid}/">← Ada’s team</a>' in below


def test_the_talks_of_others_are_not_shown_above_them(
    visit: Visit, acme: Company, max_: Person, ada: Person, lee: Person
) -> None:
    hold_conversation(manager=ada, report=lee, via="portal")
    assert "18 November" in shown(visit(acme, ada))
    assert "18 November" not in shown(visit(acme, max_), f"/team/{ada.uid}/")


def test_where_nobody_reports_any_more_it_says_so(
    visit: Visit, acme: Company, max_: Person, lee: Person
) -> None:
    assert "Nobody reports to Lee Tanaka." in shown(visit(acme, max_), f"/team/{lee.uid}/")


@pytest.mark.parametrize("who", ["lee", "ada", "olive"])
def test_a_team_that_is_not_below_is_not_there(
    visit: Visit, acme: Company, max_: Person, request: pytest.FixtureRequest, who: str
) -> None:
    """Not one's own by this address, not that above, and L&D has the admin site."""
    reader, ada = request.getfixturevalue(who), request.getfixturevalue("ada")
    for whose in (ada, max_):
        assert visit(acme, reader).get(f"/team/{whose.uid}/").status_code == 404


def test_the_team_of_who_left_is_not_there(
    visit: Visit, acme: Company, max_: Person, ada: Person
) -> None:
    Person.objects.filter(pk=ada.pk).update(employment_status="terminated")
    assert visit(acme, max_).get(f"/team/{ada.uid}/").status_code == 404


def test_another_companys_team_is_not_there(
    visit: Visit, acme: Company, globex: Company, gus: Person, ada: Person, lee: Person
) -> None:
    with working_for(globex):
        response: Any = visit(globex, gus).get(f"/team/{ada.uid}/")
    assert response.status_code == 404
