"""L&D opens a calibration, watches it, and ends it; who it may not, is told."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import close_calibration, hold_role, open_calibration, say_done
from learning.models import CalibratedLevel, Calibration, Path, Role, RoleHolding
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit
from tests.portal.asking import see

SLUG = "discovery"
LIST = "/admin/learning/calibration/"
FAMILY = "Zzyzx"  # of everybody who is judged
Hold = Callable[..., Person]


@pytest.fixture
def role(sales_path: Path, clock: Traveller) -> Role:
    return sales_path.role


@pytest.fixture
def hold(role: Role, person: MakePerson) -> Hold:
    """``hold("Bo", ada, 2)``: somebody in the role, of whom Ada has seen that level."""

    def make(given: str, manager: Person, level: int) -> Person:
        somebody = person(given, FAMILY, manager=manager)
        hold_role(person=somebody, role=role, source=RoleHolding.Source.HAND)
        see(somebody, SLUG, level, by=manager)
        return somebody

    return make


@pytest.fixture
def max_(person: MakePerson, hold: Hold) -> Person:
    boss = person("Max", "Oh")
    for number in range(6):
        hold(f"M{number}", boss, 3)
    return boss


@pytest.fixture
def leader(ada: Person, hold: Hold) -> Person:
    """Ada, with five people in the role."""
    for number in range(5):
        hold(f"A{number}", ada, 1)
    return ada


@pytest.fixture
def session(olive: Person, leader: Person, max_: Person, role: Role) -> Calibration:
    return open_calibration(role=role, managers=[leader, max_], actor=olive)


@pytest.fixture
def client(acme: Company, olive: Person, visit: Visit) -> Client:
    return visit(acme, olive)


def page_of(session: Calibration, name: str = "change") -> str:
    return f"{LIST}{session.pk}/{name}/"


def done(session: Calibration, *managers: Person) -> None:
    for manager in managers:
        say_done(calibration=session, actor=manager)


def test_empty_list_says_what_to_do(client: Client, clock: Traveller) -> None:
    page = client.get(LIST).text
    assert "so no level leaves" in page
    assert f'href="{LIST}add/"' in page


def test_it_is_opened_for_a_role_and_managers(
    client: Client, leader: Person, max_: Person, role: Role, olive: Person
) -> None:
    form = client.get(f"{LIST}add/")
    assert form.text.count("data-ajax--url") == 1  # managers are searched, not listed
    assert "Max Oh" not in form.text
    answer = client.post(f"{LIST}add/", {"role": role.pk, "managers": [leader.pk, max_.pk]})
    session = Calibration.objects.get()
    assert answer["Location"] == page_of(session)
    assert session.opened_by == olive
    assert {each.manager for each in session.participants.all()} == {leader, max_}


def test_what_cannot_be_opened_is_told_at_its_field(
    client: Client, leader: Person, max_: Person, role: Role, person: MakePerson
) -> None:
    uma = person("Uma", "Ek")
    for fields, field, told in (
        ({"role": role.pk, "managers": [leader.pk]}, "managers", "at least two"),
        ({"role": role.pk, "managers": [leader.pk, uma.pk]}, "managers", "Uma Ek leads nobody"),
        ({"role": role.pk}, "managers", "at least two"),
        ({"managers": [leader.pk, max_.pk]}, "role", "required"),
        ({"role": role.pk, "managers": ["x", max_.pk]}, "managers", "not a valid value"),
    ):
        answer = client.post(f"{LIST}add/", fields)
        assert answer.status_code == 200
        assert told in " ".join(answer.context["adminform"].form.errors[field])
    assert not Calibration.objects.exists()


def test_a_second_session_of_the_role_is_refused(
    client: Client, session: Calibration, leader: Person, max_: Person, role: Role
) -> None:
    answer = client.post(f"{LIST}add/", {"role": role.pk, "managers": [leader.pk, max_.pk]})
    assert "being calibrated already" in answer.text


def test_session_shows_teams_side_by_side_and_nobody_by_name(
    client: Client, session: Calibration, leader: Person
) -> None:
    done(session, leader)
    page = client.get(page_of(session)).text
    assert "1 of 2 managers is done" in page
    assert FAMILY not in page
    rows = re.findall(r'<th scope="row">\s*[AB] (\w+) \w+.*?</tr>', page, re.DOTALL)
    assert set(rows) == {"Ada", "Max"}
    assert "on average the teams lie 2.0 levels apart" in page
    assert f"http://acme.localhost/calibration/{session.uid}/" in page
    assert "Opens" in page or "call" in page  # what the levels look like


def test_small_teams_share_a_row_and_too_few_are_hidden(
    client: Client, olive: Person, person: MakePerson, role: Role, hold: Hold
) -> None:
    managers = [person(f"Boss{number}", "Oh") for number in range(3)]
    for manager in managers[:2]:
        hold(f"R{manager.given_name}", manager, 2)
    session = open_calibration(role=role, managers=managers[:2], actor=olive)
    page = client.get(page_of(session)).text
    assert "2 people are not in the picture" in page
    assert 'class="marks"' not in page
    for number in range(4):
        hold(f"X{number}", managers[1], 2)
    page = client.get(page_of(session)).text
    assert "not in the picture" not in page
    assert re.search(r"A Boss\d Oh, B Boss\d Oh", page)


def test_closing_names_what_becomes_available_and_asks_once(
    client: Client, session: Calibration, leader: Person, max_: Person, olive: Person
) -> None:
    assert "It cannot be closed yet" in client.get(page_of(session, "close")).text
    done(session, leader, max_)
    asked = client.get(page_of(session, "close"))
    assert "Levels of 11 people become available to the API" in asked.text
    whose = dict(re.findall(r"<dt>(.+?)</dt>\s*<dd>(\d+) people</dd>", asked.text))
    assert whose == {"Ada Lindqvist": "5", "Max Oh": "6"}
    assert not CalibratedLevel.objects.exists()
    sent = {"people": "11", "agreed": "A call needs an agenda."}
    page = client.post(page_of(session, "close"), sent, follow=True).text
    assert "Levels of 11 people are available to the API now" in page
    assert "A call needs an agenda." in page
    assert FAMILY not in page
    assert CalibratedLevel.objects.count() == 11
    session.refresh_from_db()
    assert session.ended_by == olive


def test_closing_says_whose_levels_stay_in_the_house(
    client: Client, session: Calibration, leader: Person, max_: Person, person: MakePerson,
    olive: Person, hold: Hold, role: Role,
) -> None:  # fmt: skip
    uma = person("Uma", "Ek")
    hold("Una", uma, 1)
    session.participants.create(manager=uma, place=2)
    done(session, leader, max_)
    assert "Not done: Uma Ek (1 person)." in client.get(page_of(session, "close")).text


def test_what_changed_meanwhile_is_told_before_it_closes(
    client: Client, session: Calibration, leader: Person, max_: Person, hold: Hold
) -> None:
    done(session, leader, max_)
    hold("New", leader, 2)
    answer = client.post(page_of(session, "close"), {"people": "11", "agreed": "Mine"})
    assert answer.status_code == 400
    assert "changed meanwhile" in answer.text
    assert "Levels of 12 people" in answer.text
    assert "Mine</textarea>" in answer.text
    for wrong in ("", "x", "-1"):
        assert client.post(page_of(session, "close"), {"people": wrong}).status_code == 400
    too_long = client.post(page_of(session, "close"), {"people": "12", "agreed": "x" * 2001})
    assert "2,000 characters" in too_long.text
    assert not CalibratedLevel.objects.exists()


def test_what_is_over_is_not_ended_again(
    client: Client, session: Calibration, leader: Person, max_: Person, olive: Person
) -> None:
    done(session, leader, max_)
    close_calibration(calibration=session, actor=olive)
    for name in ("close", "abandon"):
        for answer in (
            client.get(page_of(session, name), follow=True),
            client.post(page_of(session, name), {"people": "11"}, follow=True),
        ):
            assert "was closed by Olive Okafor already" in answer.text
    assert CalibratedLevel.objects.count() == 11


def test_it_is_abandoned_after_being_asked_once(client: Client, session: Calibration) -> None:
    assert "End it without a result?" in client.get(page_of(session, "abandon")).text
    page = client.post(page_of(session, "abandon"), follow=True).text
    assert "Abandoned: no level became available" in page
    assert not CalibratedLevel.objects.exists()


def test_list_of_levels_holds_those_that_may_leave(
    client: Client, session: Calibration, leader: Person, max_: Person, olive: Person,
    clock: Traveller, acme: Company, visit: Visit,
) -> None:  # fmt: skip
    levels = "/admin/learning/calibratedlevel/"
    assert "No level may leave now" in client.get(levels).text
    done(session, leader, max_)
    close_calibration(calibration=session, actor=olive)
    page = client.get(levels).text
    assert "A0 Zzyzx" in page
    file = client.get(f"{levels}export/csv/")
    assert file["Content-Type"].startswith("text/csv")
    assert file.getvalue().decode().count("Zzyzx") == 11
    assert client.get(f"{levels}{CalibratedLevel.objects.all()[0].pk}/change/").status_code == 200
    clock.shift(200 * 86400)
    assert "No level may leave now" in visit(acme, olive).get(levels).text


def test_each_right_opens_what_it_is_for(
    acme: Company, session: Calibration, visit: Visit, person: MakePerson
) -> None:
    who = person("Vi", "Ek", is_staff=True)
    pages = (LIST, page_of(session), page_of(session, "close"), f"{LIST}add/")

    def answers() -> list[int]:
        return [visit(acme, Person.objects.get(pk=who.pk)).get(page).status_code for page in pages]

    assert answers() == [403, 403, 403, 403]
    for right, opened in (
        ("view_calibration", [200, 200, 403, 403]),
        ("change_calibration", [200, 200, 200, 403]),
        ("add_calibration", [200, 200, 200, 200]),
    ):
        who.user_permissions.add(Permission.objects.get(codename=right))
        assert answers() == opened


def test_session_costs_the_same_for_many_people(
    client: Client, session: Calibration, leader: Person, max_: Person, hold: Hold
) -> None:
    done(session, leader, max_)

    def cost(name: str) -> int:
        client.get(page_of(session, name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_of(session, name)).status_code == 200
        return len(queries)

    few = [cost("change"), cost("close")]
    for number in range(9):
        hold(f"B{number}", leader, 2)
        hold(f"N{number}", max_, 2)
    assert [cost("change"), cost("close")] == few
    assert max(few) <= 20


def test_observations_are_not_exported_before_they_are_calibrated(
    client: Client, session: Calibration, leader: Person, max_: Person, olive: Person, hold: Hold
) -> None:
    seen = "/admin/learning/observation/"
    refused = client.get(f"{seen}export/csv/")
    assert refused.status_code == 409
    assert "only once managers have calibrated them together" in refused.text
    assert "Not exported" in client.get(seen).text
    done(session, leader, max_)
    close_calibration(calibration=session, actor=olive)
    assert client.get(f"{seen}export/csv/").status_code == 200
    hold("New", leader, 2)
    assert client.get(f"{seen}export/xlsx/").status_code == 409
