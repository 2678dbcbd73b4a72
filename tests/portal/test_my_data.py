"""My data: what is stored about me, who can see it, and a copy to take along."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from time_machine import Traveller

from learning.models import Path, RoleHolding
from reinforcement.actions import answer, hold_conversation, note_barrier
from reinforcement.models import Answer, Brief
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.people.known import BOSS_NOTE, brief_of, know_everything
from tests.portal.asking import see
from tests.portal.cast import Assign, MakePerson, Visit, WriteBrief


@pytest.fixture
def known(ada: Person, olive: Person, assign: Assign, person: MakePerson) -> Person:
    """Ada, of whom every table knows something."""
    know_everything(ada, olive, assign=assign, person=person, mark="adamark", chat="slack")
    return ada


def page_of(browser: Client) -> str:
    response = browser.get("/my-data/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def group_of(page: str, title: str) -> str:
    """The text of one group, without its tags."""
    [section] = [part for part in page.split("<section")[1:] if f">{title}</h2>" in part]
    return " ".join(re.sub(r"<[^>]+>", " ", section.split("</section>")[0]).split())


def test_on_the_first_day_it_says_what_there_is_and_what_will_be(
    visit: Visit, acme: Company, nia: Person, clock: Traveller
) -> None:
    page = page_of(visit(acme, nia))
    you = group_of(page, "Who you are")
    assert "Name Nia Haddad" in you
    assert "Job title Account Executive" in you
    assert "Manager Ada Lindqvist" in you
    assert "First day 14 November" in you
    assert "Somebody of your company entered it." in you
    assert "No path yet." in group_of(page, "Your paths and steps")
    assert "Nobody has seen anything yet" in group_of(page, "What you can do")
    assert "What you wrote as a manager" not in page
    assert "How starting here went" not in page
    assert "Your private notes" not in page
    assert "Last time 18 November at 09:30" in group_of(page, "How you sign in")


def test_data_of_the_hr_system_is_put_right_there(visit: Visit, acme: Company, lee: Person) -> None:
    Person.objects.filter(pk=lee.pk).update(external_id="hr-77", attributes={"Shift": "early"})
    you = group_of(page_of(visit(acme, lee)), "Who you are")
    assert "It comes from your company’s HR system" in you
    assert "Key in the HR system hr-77" in you
    assert "Shift early" in you


def test_each_group_says_who_can_see_it_and_the_page_how_long(
    visit: Visit, acme: Company, known: Person
) -> None:
    page = page_of(visit(acme, known))
    groups = [part for part in page.split("<section")[1:] if 'class="stored"' in part]
    assert len(groups) == 10
    assert "It is kept as long as your company keeps your record" in page
    assert "Settings until you change them" in group_of(page, "Settings, and what was sent to you")
    for group in groups:
        assert re.search(r"<dt>Who can see it</dt>\s*<dd>\w[^<]+\.</dd>", group)


def test_what_was_learned_seen_and_said_is_shown(
    visit: Visit, acme: Company, ada: Person, lee: Person, assign: Assign, sales_path: Path
) -> None:
    assignment = assign(lee)
    assignment.plan_steps.filter(position=1).update(intention="Open with an agenda")
    RoleHolding.objects.create(person=lee, role=sales_path.role, starts_on=TODAY)
    see(lee, "discovery", 2, by=ada, days=3)
    page = page_of(visit(acme, lee))
    assert "since 18 November" in group_of(page, "Your roles")
    paths = group_of(page, "Your paths and steps")
    assert re.search(r"assigned, 0 of \d+ steps done", paths)
    assert "Open with an agenda" in paths
    assert "on their own Ada Lindqvist, 15 November" in group_of(page, "What you can do")


def test_that_they_talked_is_shown_and_what_was_noted_is_not(
    visit: Visit, acme: Company, ada: Person, lee: Person, write_brief: WriteBrief
) -> None:
    item = write_brief(ada, lee).items.get()
    assert item.question is not None
    choice = item.question.choices.all()[1]
    answer(item=item, choice=choice, via="portal", actor=ada, note=BOSS_NOTE)
    hold_conversation(manager=ada, report=lee, via="portal", item=item, note=BOSS_NOTE)
    browser = visit(acme, lee)
    page = page_of(browser)
    assert "Ada Lindqvist 18 November" in group_of(page, "Talks about what you learn")
    answers = group_of(page, "Answers about you")
    assert "Have you seen Lee open a call with an agenda this week?" in answers
    assert choice.label in answers
    for text in (page, browser.get("/my-data/download").content.decode()):
        assert BOSS_NOTE not in text


def test_a_manager_has_their_notes_in_the_copy_and_their_number_on_the_page(
    visit: Visit, acme: Company, known: Person
) -> None:
    browser = visit(acme, known)
    page = page_of(browser)
    wrote = group_of(page, "What you wrote as a manager")
    assert "Private notes 2, which only your own copy has" in wrote
    assert "adamark words heard on 2 November" in wrote
    assert "own note" not in page
    assert "Your private notes are in it" in page
    assert "adamark own note" in browser.get("/my-data/download").content.decode()


def test_a_long_list_shows_the_latest_and_how_many_more_there_are(
    visit: Visit, acme: Company, ada: Person, lee: Person
) -> None:
    for number in range(7):
        note_barrier(
            manager=ada,
            words=f"Barrier {number}.",
            actor=ada,
            heard_on=TODAY - timedelta(days=7 - number),
        )
    wrote = group_of(page_of(visit(acme, ada)), "What you wrote as a manager")
    assert re.findall(r"Barrier (\d)", wrote) == ["6", "5", "4", "3", "2"]
    assert "2 more are in your copy." in wrote


def test_the_copy_is_a_file_that_no_cache_keeps(
    visit: Visit, acme: Company, known: Person, clock: Traveller
) -> None:
    response = visit(acme, known).get("/my-data/download")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="my-data-2026-11-18.json"'
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    copy = json.loads(response.content)
    assert (copy["format"], copy["version"]) == ("throughline-personal-copy", 1)
    assert copy["person"]["email"] == known.email


def test_reading_writes_nothing(visit: Visit, acme: Company, known: Person) -> None:
    browser = visit(acme, known)
    before = Answer.objects.count(), Brief.objects.count()
    for address in ("/my-data/", "/my-data/download"):
        assert browser.head(address).status_code == 200
        assert browser.post(address).status_code == 405
    assert (Answer.objects.count(), Brief.objects.count()) == before


def test_everybody_reads_their_own(
    visit: Visit, acme: Company, globex: Company, gus: Person, known: Person, nia: Person
) -> None:
    for company, reader in ((acme, nia), (globex, gus)):
        browser = visit(company, reader)
        for address in ("/my-data/", "/my-data/download"):
            text = browser.get(address).content.decode()
            assert "adamark" not in text
            assert str(reader.email) in text


def test_strangers_sign_in_first(visit: Visit, acme: Company) -> None:
    for address in ("/my-data/", "/my-data/download"):
        answered = visit(acme).get(address)
        assert answered.status_code == 302
        assert answered["Location"].startswith("/accounts/login/")


def test_it_is_behind_the_reader_s_name(visit: Visit, acme: Company, lee: Person) -> None:
    assert re.search(
        r'<a href="/my-data/"\s+aria-current="page">My data</a>', page_of(visit(acme, lee))
    )


def test_the_page_costs_the_same_however_much_there_is(
    visit: Visit,
    acme: Company,
    known: Person,
    assign: Assign,
    person: MakePerson,
    django_assert_num_queries,
) -> None:
    browser = visit(acme, known)
    assignment = known.assignments.get()
    for number in (1, 6):
        for each in range(number):
            report = person(f"More{number}{each}", "Ek", manager=known)
            brief_of(known, report, assign(report), "note")
            brief_of(report, known, assignment, "note")
            see(known, "discovery", each % 4, by=report, days=each)
        with django_assert_num_queries(49):
            page_of(browser)
