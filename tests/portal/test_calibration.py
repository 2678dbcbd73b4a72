"""A manager compares with others: their people by name, the others' as marks."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import (
    abandon_calibration,
    close_calibration,
    hold_role,
    open_calibration,
    say_done,
)
from learning.models import Calibration, Observation, Path, RoleHolding, Skill
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.asking import see
from tests.portal.cast import MakePerson, Visit

SLUG = "discovery"
FAMILY = "Zzyzx"  # of everybody in the other team
Browser = Callable[[Person], Client]


@pytest.fixture
def role(sales_path: Path, clock: Traveller):
    return sales_path.role


@pytest.fixture
def hold(role, person: MakePerson):
    """``hold("Bo", ada)``: somebody new in Ada's team, in the role."""

    def make(given: str, manager: Person, family: str = "Ek") -> Person:
        somebody = person(given, family, manager=manager)
        hold_role(person=somebody, role=role, source=RoleHolding.Source.HAND)
        return somebody

    return make


@pytest.fixture
def max_(acme: Company, person: MakePerson, hold) -> Person:
    """Another manager, of six; their levels go down as their names go up."""
    boss = person("Max", "Oh")
    for number, level in enumerate((3, 3, 3, 2, 2, 1)):
        see(hold(f"P{number}", boss, FAMILY), SLUG, level, by=boss, days=5)
    return boss


@pytest.fixture
def session(olive: Person, ada: Person, lee: Person, max_: Person, role) -> Calibration:
    hold_role(person=lee, role=role, source=RoleHolding.Source.HAND)
    see(lee, SLUG, 1, by=ada, days=3)
    return open_calibration(role=role, managers=[ada, max_], actor=olive)


@pytest.fixture
def browser(visit: Visit, acme: Company) -> Browser:
    return lambda person: visit(acme, person)


def page_of(client: Client, session: Calibration) -> str:
    response = client.get(f"/calibration/{session.uid}/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def section(page: str) -> str:
    skill = Skill.objects.get(slug=SLUG)
    return page[page.index(f'<details class="calibrated" id="skill-{skill.uid}"') :].split(
        "</details>"
    )[0]


def send(client: Client, session: Calibration, **fields: str):
    known = {"skill": str(Skill.objects.get(slug=SLUG).uid)}
    return client.post(f"/calibration/{session.uid}/levels", known | fields, follow=True)


def test_own_people_have_names_and_the_others_are_dots(
    browser: Browser, session: Calibration, ada: Person
) -> None:
    page = page_of(browser(ada), session)
    assert "Lee Tanaka" in page
    assert "With help, 15 November" in section(page)
    assert FAMILY not in page
    others = section(page).split('<tr class="marked">')[1].split("</tr>")[0]
    assert re.findall(r'number">(\d)<', others) == ["0", "1", "2", "3"]
    assert others.count("<circle") == 6


def test_dots_say_nothing_of_whose_they_are(
    browser: Browser, session: Calibration, ada: Person, max_: Person
) -> None:
    """The same page, letter for letter, whoever of the other team is at which level."""

    def seen() -> str:
        page = page_of(browser(ada), session)
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    before = seen()
    people = list(Person.objects.reports_of(max_).order_by("given_name"))
    for somebody, level in zip(people, (1, 2, 2, 3, 3, 3), strict=True):
        see(somebody, SLUG, level, by=max_, days=1)
    assert seen() == before
    for somebody in people:
        for key in (somebody.given_name + " ", str(somebody.uid), somebody.email or ""):
            assert key not in before


def test_few_people_of_others_are_no_dots(
    browser: Browser, session: Calibration, max_: Person, ada: Person
) -> None:
    """Ada has one person in the role: Max would know whose dot it is."""
    page = page_of(browser(max_), session)
    assert "there is 1 person in this role. Fewer than five could be recognised" in page
    assert "Lee" not in page
    assert '<tr class="marked">' not in page
    assert '<tr class="marked own">' in page


def test_whoever_takes_no_part_finds_nothing(
    browser: Browser, session: Calibration, lee: Person, person: MakePerson
) -> None:
    for reader in (lee, person("Uma", "Ek")):
        client = browser(reader)
        assert client.get(f"/calibration/{session.uid}/").status_code == 404
        assert send(client, session).status_code == 404
        assert client.post(f"/calibration/{session.uid}/done", {"done": "yes"}).status_code == 404


def test_levels_that_differ_are_noted_as_seen_today(
    browser: Browser, session: Calibration, ada: Person, lee: Person
) -> None:
    fields = {f"level-{lee.uid}": "2", f"was-{lee.uid}": "1"}
    page = unescape(send(browser(ada), session, **fields).content.decode())
    assert "Noted: 1 level." in page
    seen = Observation.objects.filter(person=lee, skill__slug=SLUG).current().get()
    assert (seen.level, seen.source, seen.observer) == (2, "manager", ada)
    assert seen.context == "Calibration"
    assert "On their own, 18 November" in section(page)


def test_what_stays_as_it_was_writes_nothing(
    browser: Browser, session: Calibration, ada: Person, lee: Person
) -> None:
    before = Observation.objects.count()
    fields = {f"level-{lee.uid}": "1", f"was-{lee.uid}": "1"}
    assert "Nothing changed" in send(browser(ada), session, **fields).content.decode()
    assert Observation.objects.count() == before


@pytest.mark.parametrize("level", ["4", "-1", "", "two", "٢"])
def test_what_is_no_level_is_refused(
    browser: Browser, session: Calibration, ada: Person, lee: Person, level: str
) -> None:
    before = Observation.objects.count()
    answer = send(browser(ada), session, **{f"level-{lee.uid}": level, f"was-{lee.uid}": "1"})
    assert answer.status_code == 400
    assert "not one of the four levels" in answer.content.decode()
    assert Observation.objects.count() == before


def test_one_who_moved_meanwhile_is_not_judged_and_nothing_is_half_written(
    browser: Browser, session: Calibration, ada: Person, lee: Person, max_: Person, hold
) -> None:
    stays = hold("Bo", ada)
    Person.objects.filter(pk=lee.pk).update(manager=max_)
    before = Observation.objects.count()
    fields = {f"level-{stays.uid}": "2", f"level-{lee.uid}": "2", f"was-{lee.uid}": "1"}
    answer = send(browser(ada), session, **fields)
    assert answer.status_code == 400
    assert "moved to another team meanwhile" in answer.content.decode()
    assert "Lee" not in answer.content.decode()
    assert Observation.objects.count() == before


def test_somebody_elses_person_is_nobody_here(
    browser: Browser, session: Calibration, ada: Person, max_: Person
) -> None:
    other = Person.objects.reports_of(max_)[0]
    assert send(browser(ada), session, **{f"level-{other.uid}": "0"}).status_code == 400
    assert not Observation.objects.filter(observer=ada, person=other).exists()


def test_two_managers_at_once(
    browser: Browser, session: Calibration, ada: Person, max_: Person, lee: Person
) -> None:
    theirs = Person.objects.reports_of(max_).get(given_name="P5")
    first, second = browser(ada), browser(max_)
    page_of(first, session), page_of(second, session)
    send(first, session, **{f"level-{lee.uid}": "2", f"was-{lee.uid}": "1"})
    send(second, session, **{f"level-{theirs.uid}": "2", f"was-{theirs.uid}": "1"})
    levels = dict(
        Observation.objects.filter(person__in=[lee, theirs])
        .current()
        .values_list("person_id", "level")
    )
    assert levels == {lee.pk: 2, theirs.pk: 2}


def test_done_and_not_yet_done(browser: Browser, session: Calibration, ada: Person) -> None:
    client = browser(ada)
    address = f"/calibration/{session.uid}/done"
    assert (
        "You said so on 18 November"
        in client.post(address, {"done": "yes"}, follow=True).content.decode()
    )
    assert session.participants.get(manager=ada).done_at
    assert client.post(address, {"done": "no"}).status_code == 302
    assert session.participants.get(manager=ada).done_at is None
    assert client.post(address, {"done": "perhaps"}).status_code == 400
    assert client.get(address).status_code == 405


def test_this_week_has_one_quiet_line_until_one_is_done(
    browser: Browser, session: Calibration, ada: Person, role
) -> None:
    client = browser(ada)
    line = f'<a href="/calibration/{session.uid}/">{role.name}</a>'
    assert line in client.get("/week/").content.decode()
    say_done(calibration=session, actor=ada)
    assert line not in client.get("/week/").content.decode()


def test_over_it_takes_nothing_any_more(
    browser: Browser, session: Calibration, olive: Person, ada: Person, max_: Person, lee: Person
) -> None:
    for manager in (ada, max_):
        say_done(calibration=session, actor=manager)
    close_calibration(calibration=session, actor=olive, agreed="An agenda in every call.")
    client = browser(ada)
    page = page_of(client, session)
    assert "Closed on 18 November." in page
    assert "The levels of one person of your team" in page
    assert "An agenda in every call." in page
    assert 'class="marks"' not in page
    late = send(client, session, **{f"level-{lee.uid}": "3", f"was-{lee.uid}": "1"})
    assert late.status_code == 400
    assert "over: nothing was recorded" in late.content.decode()
    assert "Closed on" in late.content.decode()
    assert Observation.objects.filter(person=lee).current().get().level == 1


def test_called_off_it_says_so(
    browser: Browser, session: Calibration, olive: Person, ada: Person
) -> None:
    abandon_calibration(calibration=session, actor=olive)
    assert "Called off on 18 November." in page_of(browser(ada), session)
    done = browser(ada).post(f"/calibration/{session.uid}/done", {"done": "yes"}, follow=True)
    assert "over: nothing was recorded" in done.content.decode()


def test_page_costs_the_same_for_many_people(
    browser: Browser, session: Calibration, ada: Person, max_: Person, hold
) -> None:
    client = browser(ada)
    page_of(client, session)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(client, session)
        return len(queries)

    few = cost()
    for number in range(8):
        see(hold(f"A{number}", ada), SLUG, 2, by=ada)
        see(hold(f"M{number}", max_), SLUG, 2, by=max_)
    assert cost() == few <= 15
