"""My team, the table: who is in it, where they are, and who needs attention."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import finish_step, pause_assignment
from learning.models import Assignment
from reinforcement.actions import hold_conversation
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.portal.cast import Assign, MakePerson, Visit


@pytest.fixture
def adas(visit: Visit, acme: Company, ada: Person, clock: Traveller) -> Client:
    return visit(acme, ada)


def text(page: str) -> str:
    """What a page says, in one line."""
    return " ".join(page.split())


def shown(client: Client, address: str = "/team/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return text(response.content.decode())


def test_a_manager_sees_where_everybody_is(
    adas: Client, ada: Person, lee: Person, nia: Person, assign: Assign
) -> None:
    first = assign(lee).plan_steps.select_related("step").first()
    assert first
    hold_conversation(manager=ada, report=lee, via="portal")
    page = shown(adas)
    assert "My team" in page
    assert "· 2 people" in page
    assert f'href="/team/people/{lee.uid}/"' in page
    assert "Account Executive" in page
    assert "0 of 14 steps" in page
    assert first.step.title in page
    assert "18 November" in page
    assert page.count("not yet</span>") == 1  # Nia


@pytest.mark.parametrize(
    ("days", "said"),
    [(4, "day 4 of 14"), (14, "day 14 of 14"), (20, "no first win yet")],
)
def test_who_is_new_has_a_clock(
    visit: Visit,
    acme: Company,
    ada: Person,
    nia: Person,
    assign: Assign,
    clock: Traveller,
    days: int,
    said: str,
) -> None:
    assign(nia)
    clock.move_to(NOW + timedelta(days=days - 4))
    page = shown(visit(acme, ada))
    assert "New</span>" in page
    assert said in page


def test_ten_days_without_a_step_is_stuck(
    adas: Client, lee: Person, assign: Assign, clock: Traveller
) -> None:
    assign(lee)
    clock.move_to(NOW + timedelta(days=9, hours=23))
    assert "On the way</span>" in shown(adas)
    clock.move_to(NOW + timedelta(days=10))
    assert 'Stuck</span> <span class="more">since 18 November' in shown(adas)


def test_who_finished_is_named_for_two_weeks(
    visit: Visit, acme: Company, ada: Person, lee: Person, assign: Assign, clock: Traveller
) -> None:
    for plan_step in assign(lee).plan_steps.all():
        finish_step(plan_step=plan_step)
    assert 'Just finished</span> <span class="more">on 18 November' in shown(visit(acme, ada))
    clock.move_to(NOW + timedelta(days=15))
    page = shown(visit(acme, ada))
    assert "No path</span>" in page
    assert "finished one on 18 November" in page


def test_who_is_paused_away_or_not_here_yet_is_told_apart(
    adas: Client, ada: Person, lee: Person, person: MakePerson, assign: Assign
) -> None:
    pause_assignment(assignment=assign(lee))
    person("Bo", "Ek", manager=ada, employment_status="leave")
    person("Cy", "Ek", manager=ada, employment_status="prehire", hired_on=date(2026, 12, 1))
    page = shown(adas)
    assert 'Paused</span> <span class="more">since 18 November' in page
    assert "On leave</span>" in page
    assert 'Starts later</span> <span class="more">on 1 December' in page


def test_who_needs_attention_comes_first_then_names(
    adas: Client, ada: Person, lee: Person, nia: Person, person: MakePerson, assign: Assign
) -> None:
    stuck = assign(person("Zoe", "Ab", manager=ada))
    Assignment.objects.filter(pk=stuck.pk).update(moved_at=NOW - timedelta(days=12))
    for someone in (lee, nia, person("Bo", "Ek", manager=ada)):
        assign(someone)
    person("Cy", "Aa", manager=ada, employment_status="leave")
    page = shown(adas)
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    names = ("Nia Haddad", "Zoe Ab", "Bo Ek", "Lee Tanaka", "Cy Aa")
    places = [table.index(name) for name in names]
    assert places == sorted(places)


def test_a_word_shows_only_those_it_means(
    adas: Client, lee: Person, nia: Person, assign: Assign
) -> None:
    assign(nia)
    everybody = shown(adas)
    assert 'href="?show=new" >New <b>1</b>' in everybody
    assert 'href="?show=no-path" >No path <b>1</b>' in everybody
    assert "?show=stuck" not in everybody
    table = shown(adas, "/team/?show=new").partition("Skill map")[0]
    assert "Nia Haddad" in table
    assert "Lee Tanaka" not in table
    assert 'href="?show=new" aria-current="true"' in table


def test_a_word_that_means_nobody_says_so_and_an_unknown_one_shows_everybody(
    adas: Client, lee: Person
) -> None:
    assert "Nobody right now." in shown(adas, "/team/?show=stuck")
    assert "Lee Tanaka" in shown(adas, "/team/?show=%00nonsense")


def test_of_several_paths_the_one_that_runs_and_moved_last_is_shown(
    adas: Client, lee: Person, assign: Assign, clock: Traveller
) -> None:
    ended = assign(lee)
    Assignment.objects.filter(pk=ended.pk).update(
        status=Assignment.Status.COMPLETED, completed_at=NOW, moved_at=NOW + timedelta(days=1)
    )
    running = assign(lee)
    finish_step(plan_step=running.plan_steps.order_by("position")[0])
    page = shown(adas)
    assert "1 of 14 steps" in page
    assert "On the way</span>" in page


def test_who_leads_nobody_reads_so(visit: Visit, acme: Company, lee: Person) -> None:
    client = visit(acme, lee)
    assert "Nobody reports to you." in shown(client)
    assert 'href="/team/"' not in client.get("/path/").content.decode()


def test_signing_in_comes_first(visit: Visit, acme: Company) -> None:
    for address in ("/team/", "/team/0197a0f6-0000-7000-8000-000000000000/"):
        response = visit(acme).get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


def test_a_page_is_only_read(adas: Client) -> None:
    assert adas.post("/team/").status_code == 405


def test_who_left_or_moved_away_is_gone(
    adas: Client, lee: Person, nia: Person, olive: Person
) -> None:
    Person.objects.filter(pk=lee.pk).update(employment_status="terminated")
    Person.objects.filter(pk=nia.pk).update(manager=olive)
    page = shown(adas)
    assert "Nobody reports to you." in page
    assert "Lee" not in page
    assert "Nia" not in page


def test_talks_of_a_former_manager_are_not_shown(
    adas: Client, olive: Person, ada: Person, lee: Person, clock: Traveller
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=olive)
    lee.refresh_from_db()
    hold_conversation(manager=olive, report=lee, via="portal")
    Person.objects.filter(pk=lee.pk).update(manager=ada)
    page = shown(adas)
    assert "18 November" not in page
    assert "not yet</span>" in page


def test_ten_people_cost_as_many_queries_as_fifty(
    adas: Client, ada: Person, person: MakePerson, assign: Assign
) -> None:
    team = [person(f"Person{number}", "Ek", manager=ada) for number in range(50)]
    costs = []
    for size in (10, 50):
        for someone in team[:size]:
            if not someone.assignments.exists():
                assign(someone)
        Person.objects.filter(pk__in=[each.pk for each in team]).update(manager=None)
        Person.objects.filter(pk__in=[each.pk for each in team[:size]]).update(manager=ada)
        with CaptureQueriesContext(connection) as queries:
            assert f"· {size} people" in shown(adas)
        costs.append(len(queries))
    assert costs == [12, 12]
