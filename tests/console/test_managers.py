"""The page "Managers": whom L&D has not talked with for long."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from reinforcement.actions import hold_conversation, move_barrier, note_barrier, note_touchpoint
from reinforcement.reports import managers
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.console.cast import MakePerson, Visit

PAGE = "/admin/reinforcement/touchpoint/managers/"
SECRET = "She is looking for another job."


@pytest.fixture
def bo(acme: Company, person: MakePerson) -> Person:
    """Bo leads Cy in a department of their own."""
    bo: Person = person("Bo", "Ek", job_title="Support Lead")
    person("Cy", "Oh", manager=bo)
    return bo


def names(client: Any, **query: str) -> list[str]:
    return [line.manager.name for line in client.get(PAGE, query).context["lines"]]


def spoken_to(manager: Person, olive: Person, days: int) -> None:
    note_touchpoint(
        manager=manager, learned="Fine.", actor=olive, held_on=TODAY - timedelta(days=days)
    )


def test_managers_are_those_somebody_reports_to(
    clock: Traveller, olive: Person, ada: Person, lee: Person, bo: Person, person: MakePerson
) -> None:
    gone = person("Max", "Gone", employment_status="terminated")
    person("Di", "Left", manager=gone)
    alone = person("Ed", "Alone")
    person("Flo", "Left", manager=alone, employment_status="terminated")
    assert set(managers(today=TODAY)) == {ada, bo}


def test_each_is_told_with_their_people_barriers_and_last_talks(
    clock: Traveller, olive: Person, ada: Person, lee: Person, nia: Person, bo: Person
) -> None:
    for days in (30, 12, 20):
        spoken_to(ada, olive, days)
    for days in (9, 3):
        held_on = TODAY - timedelta(days=days)
        hold_conversation(manager=ada, report=lee, via="portal", note=SECRET, held_on=held_on)
    note_barrier(manager=ada, words="Legal.", actor=olive)
    gone = note_barrier(manager=ada, words="Chairs.", actor=olive)
    move_barrier(barrier=gone, status="gone", actor=olive)
    first, second = managers(today=TODAY)
    assert (first, first.people, first.open_barriers) == (bo, 1, 0)
    assert (first.spoken_to_on, first.talked_on) == (None, None)
    assert (second, second.people, second.open_barriers) == (ada, 2, 1)
    assert second.spoken_to_on == TODAY - timedelta(days=12)
    assert second.talked_on == TODAY - timedelta(days=3)


def test_a_talk_with_who_left_the_team_is_not_the_team_s(
    clock: Traveller, ada: Person, lee: Person, nia: Person, bo: Person
) -> None:
    hold_conversation(manager=ada, report=lee, via="portal")
    Person.objects.filter(pk=lee.pk).update(manager=bo)
    talked = {each: each.talked_on for each in managers(today=TODAY)}
    assert talked == {ada: None, bo: None}


@pytest.mark.parametrize(("days", "overdue"), [(60, False), (61, True)])
def test_sixty_days_are_too_long(
    clock: Traveller, olive: Person, ada: Person, lee: Person, days: int, overdue: bool
) -> None:
    spoken_to(ada, olive, days)
    assert managers(today=TODAY).get().is_overdue is overdue


def test_the_page_shows_days_and_never_what_was_said(
    clock: Traveller,
    acme: Company,
    olive: Person,
    ada: Person,
    lee: Person,
    bo: Person,
    visit: Visit,
) -> None:
    spoken_to(ada, olive, 34)
    hold_conversation(manager=ada, report=lee, via="portal", note=SECRET)
    note_barrier(manager=ada, words="Legal.", actor=olive)
    text = visit(acme, olive).get(PAGE).text
    assert "You have not spoken to 1 manager in 60 days" in text
    assert "34\xa0days\xa0ago" in text
    assert "18 Nov 2026" in text  # the conversation
    assert f'href="/admin/reinforcement/touchpoint/add/?manager={ada.pk}"' in text
    assert f'href="/admin/reinforcement/barrier/?manager__id__exact={ada.pk}"' in text
    assert SECRET not in text


def test_the_list_is_narrowed_and_the_longest_ago_comes_first(
    clock: Traveller,
    acme: Company,
    olive: Person,
    ada: Person,
    lee: Person,
    bo: Person,
    visit: Visit,
    person: MakePerson,
) -> None:
    person("Gil", "Ray", manager=olive)
    spoken_to(ada, olive, 70)
    spoken_to(bo, olive, 5)
    note_barrier(manager=bo, words="Legal.", actor=olive)
    client = visit(acme, olive)
    assert names(client) == ["Olive Okafor", "Ada Lindqvist", "Bo Ek"]
    assert names(client, show="overdue") == ["Olive Okafor", "Ada Lindqvist"]
    assert names(client, show="barriers") == ["Bo Ek"]
    assert names(client, q="ek bo") == ["Bo Ek"]
    assert names(client, q="sales") == ["Ada Lindqvist"]
    assert names(client, q="sales", show="barriers") == []
    assert "No manager fits what you chose." in client.get(PAGE, {"q": "zzz"}).text
    assert names(client, show="nonsense", page="99") == names(client)


def test_a_company_without_a_chart_is_told_what_to_do(
    acme: Company, olive: Person, visit: Visit
) -> None:
    text = visit(acme, olive).get(PAGE).text
    assert "Nobody leads anybody yet." in text
    assert 'href="/admin/people/person/"' in text


def test_the_page_costs_the_same_for_3_managers_and_for_30(
    clock: Traveller, acme: Company, olive: Person, visit: Visit, person: MakePerson
) -> None:
    client, counts = visit(acme, olive), []
    for numbers in (range(3), range(3, 30)):
        for number in numbers:
            manager = person(f"Bo{number}", "Ek")
            report = person(f"Cy{number}", "Oh", manager=manager)
            spoken_to(manager, olive, number)
            hold_conversation(manager=manager, report=report, via="portal")
            note_barrier(manager=manager, words="Legal.", actor=olive)
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(PAGE).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_it_is_found_in_the_navigation(acme: Company, olive: Person, visit: Visit) -> None:
    assert f'href="{PAGE}"' in visit(acme, olive).get("/admin/").text


@pytest.mark.parametrize("permission", ["view_touchpoint", "view_barrier"])
def test_it_takes_both_permissions_to_look_and_another_to_note(
    acme: Company, ada: Person, lee: Person, visit: Visit, person: MakePerson, permission: str
) -> None:
    reader = person("Rae", "Reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename=permission))
    assert visit(acme, reader).get(PAGE).status_code == 403
    both = ["view_touchpoint", "view_barrier"]
    reader.user_permissions.set(Permission.objects.filter(codename__in=both))
    shown = visit(acme, Person.objects.get(pk=reader.pk)).get(PAGE)
    assert "Ada Lindqvist" in shown.text
    assert "touchpoint/add/" not in shown.text
    assert visit(acme, ada).get(PAGE).status_code == 302


def test_the_other_company_s_managers_are_not_there(
    acme: Company, globex: Company, ada: Person, lee: Person, gus: Person, visit: Visit
) -> None:
    text = visit(globex, gus).get(PAGE).text
    assert "Nobody leads anybody yet." in text
    assert "Ada" not in text
