from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from reinforcement.models import Brief, BriefItem
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.portal.cast import Assign, MakePerson, Visit, WriteBrief


def test_manager_sees_whom_to_talk_with_and_what_about(
    visit: Visit, acme: Company, ada: Person, lee: Person, nia: Person, write_brief: WriteBrief
) -> None:
    write_brief(ada, nia, lee)
    page = visit(acme, ada).get("/week/").content.decode()
    assert "Two people to talk with" in page
    assert "about 4 minutes" in page
    assert "Lee Tanaka" in page
    assert "Account Executive" in page
    assert "0 of 14 steps" in page
    assert "This helps you close deals faster" in page
    assert "Have you seen Lee open a call with an agenda this week?" in page
    assert "{name}" not in page


def test_one_person_is_not_many(
    visit: Visit, acme: Company, ada: Person, lee: Person, write_brief: WriteBrief
) -> None:
    write_brief(ada, lee)
    assert "One person to talk with" in visit(acme, ada).get("/week/").content.decode()


def test_what_moved_and_who_else_is_on_a_path_are_named(
    visit: Visit, acme: Company, ada: Person, lee: Person, nia: Person, write_brief: WriteBrief
) -> None:
    brief = write_brief(ada, lee, also=[nia.pk])
    BriefItem.objects.update(moved=["Listen to one deal we won"])
    page = visit(acme, ada).get("/week/").content.decode()
    assert "Listen to one deal we won" in page
    assert "Also on a path:" in page
    assert "Nia Haddad" in page
    assert brief.also == [nia.pk]


def test_before_the_first_brief_it_says_when_it_comes(
    visit: Visit, acme: Company, ada: Person, lee: Person, clock: Traveller
) -> None:
    page = visit(acme, ada).get("/week/").content.decode()
    assert "Nothing to talk about yet." in page
    assert "Monday 23 November at 09:00" in page


def test_last_weeks_brief_is_over_after_seven_days(
    visit: Visit, acme: Company, ada: Person, lee: Person, write_brief: WriteBrief
) -> None:
    write_brief(ada, lee, due_at=NOW - timedelta(days=7))
    assert "Lee Tanaka" not in visit(acme, ada).get("/week/").content.decode()


def test_home_leads_managers_to_their_week_and_others_to_their_path(
    visit: Visit, acme: Company, ada: Person, lee: Person, assign: Assign
) -> None:
    assert visit(acme, ada).get("/")["Location"] == "/path/"
    assign(lee)
    assert visit(acme, ada).get("/")["Location"] == "/week/"
    assert visit(acme, lee).get("/")["Location"] == "/path/"


def test_somebody_without_reports_is_not_offered_a_week(
    visit: Visit, acme: Company, lee: Person
) -> None:
    client = visit(acme, lee)
    assert 'href="/week/"' not in client.get("/path/").content.decode()
    assert "Nobody reports to you." in client.get("/week/").content.decode()


def test_fifty_reports_cost_as_many_queries_as_ten(
    visit: Visit, acme: Company, ada: Person, person: MakePerson, write_brief: WriteBrief
) -> None:
    team = [person(f"Person{n}", "Ek", manager=ada) for n in range(50)]
    client = visit(acme, ada)
    costs = []
    for number, size in enumerate((10, 50)):
        Brief.objects.all().delete()
        for report in team[:5]:
            report.assignments.all().delete()
        also = [each.pk for each in team[5:size]]
        due_at = NOW - timedelta(hours=number + 1)
        write_brief(ada, *team[: 2 if size == 10 else 5], also=also, due_at=due_at)
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/week/").content.decode()
        assert page.count("Person") >= size - 3
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 15
