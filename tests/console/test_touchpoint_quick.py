"""A touchpoint noted from a manager's row, and what else the page "Managers" tells and sorts by."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from time_machine import Traveller

from learning.actions import pause_assignments
from reinforcement.actions import hold_conversation, note_barrier, note_touchpoint
from reinforcement.models import Barrier, Touchpoint
from reinforcement.reports import cadence, managers
from reinforcement.reports.managers import talking_of
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Department, Person
from tests.conftest import NOW, TODAY
from tests.console.cast import MakePerson, Visit
from tests.portal.cast import Assign

PAGE = "/admin/reinforcement/touchpoint/managers/"
FILE = f"{PAGE}file.csv"
LEARNED = "Half of the clauses are the same."
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def barrier(clock: Traveller, olive: Person, ada: Person, lee: Person) -> Barrier:
    return note_barrier(manager=ada, words="Legal takes nine days.", actor=olive)


@pytest.fixture
def bo(acme: Company, person: MakePerson) -> Person:
    """Bo leads Cy in a department of their own."""
    support = Department.objects.create(name="Support")
    bo: Person = person("Bo", "Ek", department=support)
    person("Cy", "Oh", manager=bo)
    return bo


def names(client: Any, **query: str) -> list[str]:
    return [line.manager.given_name for line in client.get(PAGE, query).context["lines"]]


def line_of(client: Any, manager: Person) -> Any:
    [line] = [each for each in client.get(PAGE).context["lines"] if each.manager == manager]
    return line


def test_a_line_is_all_it_takes(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier
) -> None:
    client = visit(acme, olive)
    sent = {"manager": ada.pk, "learned": f" {LEARNED} ", "barriers": [barrier.pk]}
    answer = client.post(f"{PAGE}?q=ada&sort=name", sent)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{PAGE}?q=ada&sort=name#manager-{ada.pk}"
    talk = Touchpoint.objects.get()
    assert (talk.manager, talk.held_by, talk.held_on) == (ada, olive, TODAY)
    assert talk.learned == LEARNED
    barrier.refresh_from_db()
    assert barrier.touchpoint == talk
    page = client.get(PAGE).text
    assert "you talked with Ada Lindqvist today" in page
    assert f'href="/admin/reinforcement/touchpoint/{talk.pk}/change/"' in page


def test_the_row_has_the_form_and_what_it_may_be_about(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier
) -> None:
    note_barrier(manager=ada, words="Gone.", actor=olive)
    Barrier.objects.filter(words="Gone.").update(status="gone")
    page = visit(acme, olive).get(PAGE)
    [line] = page.context["lines"]
    assert line.barriers == [barrier]
    assert "What did you learn from Ada today?" in page.text
    assert f'name="barriers" value="{barrier.pk}"' in page.text


@pytest.mark.parametrize(
    ("learned", "said"),
    [("  ", "Say in a sentence or two what you learned."), ("a" * 1001, "Keep it to 1000"),
     ("a\0b", "Null characters")],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_row_and_nothing_is_lost(
    acme: Company,
    olive: Person,
    ada: Person,
    visit: Visit,
    barrier: Barrier,
    learned: str,
    said: str,
) -> None:
    sent = {"manager": ada.pk, "learned": learned, "barriers": [barrier.pk]}
    answer = visit(acme, olive).post(PAGE, sent)
    assert answer.status_code == 400
    [line] = answer.context["lines"]
    assert said in line.form.errors["learned"][0]
    assert 'name="quick" open' in answer.text
    assert f'value="{barrier.pk}" checked' in answer.text
    assert not Touchpoint.objects.exists()


def test_another_managers_barrier_is_refused(
    acme: Company, olive: Person, ada: Person, bo: Person, visit: Visit, barrier: Barrier
) -> None:
    sent = {"manager": bo.pk, "learned": LEARNED, "barriers": [barrier.pk]}
    assert visit(acme, olive).post(PAGE, sent).status_code == 400
    assert not Touchpoint.objects.exists()


def test_who_is_not_in_view_is_told_of_at_the_top(
    acme: Company, olive: Person, ada: Person, lee: Person, visit: Visit
) -> None:
    answer = visit(acme, olive).post(PAGE, {"manager": lee.pk, "learned": LEARNED})
    assert answer.status_code == 400
    assert "Nobody reports to Lee Tanaka" in answer.text


@pytest.mark.parametrize("key", ["", "x", "0", "99999999999999999999"])
def test_nobody_is_nobody(acme: Company, olive: Person, visit: Visit, key: str) -> None:
    sent = {"manager": key, "learned": LEARNED}
    assert visit(acme, olive).post(PAGE, sent).status_code == 404


def test_noting_takes_its_own_permission(
    acme: Company, ada: Person, lee: Person, person: MakePerson, visit: Visit
) -> None:
    reader = person("Rae", "Reader", is_staff=True)
    both = ["view_touchpoint", "view_barrier"]
    reader.user_permissions.set(Permission.objects.filter(codename__in=both))
    client = visit(acme, Person.objects.get(pk=reader.pk))
    assert "Note it" not in client.get(PAGE).text
    assert client.post(PAGE, {"manager": ada.pk, "learned": LEARNED}).status_code == 403
    assert client.get(FILE).status_code == 200
    reader.user_permissions.clear()
    assert visit(acme, Person.objects.get(pk=reader.pk)).get(FILE).status_code == 403


def test_the_other_companys_manager_is_not_there(
    acme: Company, globex: Company, gus: Person, ada: Person, lee: Person, visit: Visit
) -> None:
    sent = {"manager": ada.pk + 1000, "learned": LEARNED}
    assert visit(globex, gus).post(PAGE, sent).status_code == 404
    with working_for(acme):
        assert not Touchpoint.objects.exists()


def test_with_how_many_a_manager_talks_is_told_from_five_people_on(
    acme: Company, olive: Person, ada: Person, assign: Assign, person: MakePerson, visit: Visit
) -> None:
    reports = [person(f"R{number}", "Ek", manager=ada) for number in range(4)]
    for report in reports:
        assign(report)
    hold_conversation(manager=ada, report=reports[0], via="portal")
    client = visit(acme, olive)
    assert line_of(client, ada).talking.hidden
    page = client.get(PAGE).text
    assert "1 of 4" not in page
    assert "last on 18 Nov 2026" in page
    fifth = person("R5", "Ek", manager=ada)
    assign(fifth)
    assert (line_of(client, ada).talking.met, line_of(client, ada).talking.of) == (1, 5)
    assert "1 of 5" in client.get(PAGE).text


def test_it_counts_the_pairs_that_the_pulse_counts(
    acme: Company, assign: Assign, person: MakePerson
) -> None:
    for number in range(6):
        manager = person(f"M{number}", "Ek")
        for each in range(3):
            report = person(f"R{number}{each}", "Ek", manager=manager)
            given = assign(report)
            if each == number % 3:
                day = TODAY - timedelta(days=11 + number)  # two of them too long ago
                hold_conversation(manager=manager, report=report, via="portal", held_on=day)
            elif each == (number + 1) % 3:
                pause_assignments(assignments=[given])
    Person.objects.filter(given_name="M0").update(employment_status="leave")
    Person.objects.filter(given_name="R11").update(employment_status="leave")
    rows = list(managers(today=TODAY))
    pairs = cadence(now=NOW).today.talking.pairs
    assert (sum(row.on_a_path for row in rows), sum(row.talked_with for row in rows)) == (9, 2)
    assert (pairs.of, pairs.met) == (9, 2)
    assert all(talking_of(row).hidden for row in rows)


def test_the_list_is_sorted_by_each_column_and_narrowed_by_department(
    acme: Company, olive: Person, ada: Person, bo: Person, visit: Visit, barrier: Barrier
) -> None:
    note_touchpoint(manager=ada, learned="Fine.", actor=olive)
    hold_conversation(manager=bo, report=bo.reports.get(), via="portal")
    client = visit(acme, olive)
    for sort, first in (
        ("spoken", "Bo"), ("-spoken", "Ada"), ("name", "Bo"), ("-name", "Ada"),
        ("barriers", "Bo"), ("-barriers", "Ada"), ("talked", "Ada"), ("-talked", "Bo"),
        ("pk); DROP", "Bo"),
    ):  # fmt: skip
        assert names(client, sort=sort)[0] == first, sort
    assert 'aria-sort="descending"' in client.get(PAGE, {"sort": "-barriers"}).text
    department = str(bo.department_id)
    assert names(client, department=department) == ["Bo"]
    assert names(client, department="x") == names(client)
    assert "every department" in client.get(PAGE).text
    assert ">Support</option>" in client.get(PAGE).text


def test_the_file_has_those_that_fit_and_no_formula(
    acme: Company, olive: Person, ada: Person, bo: Person, visit: Visit, barrier: Barrier
) -> None:
    Person.objects.filter(pk=bo.pk).update(given_name="=HYPERLINK(1)")
    client = visit(acme, olive)
    answer = client.get(FILE, {"sort": "name"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="managers.csv"'
    headings, first, second = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (headings[0], first[0], second[0]) == ("Manager", "'=HYPERLINK(1) Ek", "Ada Lindqvist")
    assert second[4:] == ["1", "", "fewer than 5", "fewer than 5"]
    assert AuditEntry.objects.filter(words="Exported 2 managers as csv").exists()
    assert b"HYPERLINK" not in client.get(FILE, {"show": "barriers"}).content
