"""The page of a sync run: what became of each row, and what was wrong."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenants.companies.models import Company
from tenants.people.actions import sync_people
from tenants.people.models import Person, SyncRun
from tests.console.cast import MakePerson, Visit

LIST = "/admin/people/syncrun/"


@pytest.fixture
def client(acme: Company, olive: Person, visit: Visit) -> Client:
    """Olive's browser."""
    return visit(acme, olive)


def run(*rows: dict[str, Any], **options: Any) -> SyncRun:
    done = sync_people(rows=rows, **{"source": "api", "origin": "HRIS token", **options}).run
    assert done
    return done


def uma(**fields: Any) -> dict[str, Any]:
    return {"line": 2, "employee_number": "1", "given_name": "Uma", **fields}


def page_of(run: SyncRun) -> str:
    return f"{LIST}{run.pk}/change/"


def test_each_row_is_told_from_and_to(client: Client) -> None:
    run(uma(family_name="Berg", hired_on="2024-03-01"))
    changed = run(uma(family_name="Lund", hired_on="2025-03-01"))
    page = client.get(page_of(changed))
    (row,) = page.context["rows"]
    assert (row.name, row.words) == ("Uma Lund", "changed")
    assert [(cell.label, cell.before, cell.value) for cell in row.cells] == [
        ("Last name", "Berg", "Lund"),
        ("Hire date", "1 Mar 2024", "1 Mar 2025"),
    ]
    assert "HRIS token" in page.text
    assert f'href="/admin/people/person/{Person.objects.get(given_name="Uma").pk}/' in page.text


def test_a_first_manager_status_and_department_read_well(client: Client) -> None:
    run(uma(department="Sales"))
    boss = {"line": 3, "employee_number": "9", "given_name": "Bo"}
    moved = run(boss, uma(department="", manager_employee_number="9", employment_status="leave"))
    page = client.get(page_of(moved), {"show": "updated"})
    (row,) = page.context["rows"]
    assert {(cell.label, cell.before, cell.value) for cell in row.cells} == {
        ("Department", "Sales", ""),
        ("Employment status", "active", "on leave"),
        ("Manager", "", "Bo"),
    }


def test_what_was_wrong_is_shown_and_downloaded(client: Client) -> None:
    done = run(uma(email="=nonsense"), uma(line=3, employee_number="2", manager_name="Nobody"))
    page = client.get(page_of(done))
    wrong, warned = page.context["rows"]
    assert wrong.cells[0].wrong == ["'=nonsense' is not an e-mail address."]
    assert any("Nobody" in message for cell in warned.cells for message in cell.warned)
    assert len(client.get(page_of(done), {"show": "warned"}).context["rows"]) == 1

    answer = client.get(f"{LIST}{done.pk}/problems.csv")
    head, first, second = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head == ["Line", "Name", "Outcome", "Field", "Value", "What is wrong"]
    assert first[:1] + first[2:5] == ["2", "refused", "Work e-mail", "'=nonsense"]
    assert second[2] == "warning"


def test_rows_are_paged_at_the_same_cost(client: Client) -> None:
    def queries(done: SyncRun) -> int:
        for _ in range(2):
            with CaptureQueriesContext(connection) as counted:
                assert client.get(page_of(done)).status_code == 200
        return len(counted)

    few = run(uma())
    many = run(
        *({"line": n, "employee_number": str(n), "given_name": "P"} for n in range(100, 220))
    )
    assert queries(few) == queries(many) <= 10
    assert len(client.get(page_of(many), {"page": 3}).context["rows"]) == 20


def test_a_run_that_waits_shows_how_far_it_is(client: Client) -> None:
    waiting = SyncRun.objects.create(
        source="api", mode="partial", rows=1000, rows_compared=500, state="running"
    )
    page = client.get(page_of(waiting))
    assert 'value="500" max="1000"' in page.text
    assert "500 of 1,000 rows." in page.text


def test_a_refused_run_says_why(client: Client) -> None:
    refused = SyncRun.objects.create(
        source="api", mode="complete", state="refused", detail="This would deactivate everybody."
    )
    assert "This would deactivate everybody." in client.get(page_of(refused)).text


def test_dry_runs_are_out_of_the_way_unless_asked_for(client: Client) -> None:
    SyncRun.objects.create(source="api", origin="Rehearsal", mode="partial", dry_run=True)
    run(uma())
    assert "Rehearsal" not in client.get(LIST).text
    assert "Rehearsal" in client.get(LIST, {"rehearsals": "too"}).text
    only = client.get(LIST, {"rehearsals": "only"})
    assert [run.origin for run in only.context["cl"].result_list] == ["Rehearsal"]


def test_runs_are_found_by_their_origin(client: Client) -> None:
    run(uma())
    assert "HRIS token" in client.get(LIST, {"q": "hris"}).text
    assert client.get(LIST, {"q": "okta"}).context["cl"].result_count == 0


def test_a_run_is_there_to_read(client: Client) -> None:
    done = run(uma())
    assert client.post(page_of(done), {"source": "x"}).status_code == 403
    assert client.post(f"{LIST}{done.pk}/delete/", {"post": "yes"}).status_code == 403


def test_whoever_may_not_look_at_runs_is_told_403(
    client: Client, acme: Company, person: MakePerson, visit: Visit
) -> None:
    done = run(uma())
    helper = person("Hal", "Berg", is_staff=True)
    theirs = visit(acme, helper)
    for address in (LIST, page_of(done), f"{LIST}{done.pk}/problems.csv"):
        assert theirs.get(address).status_code == 403
    helper.user_permissions.add(Permission.objects.get(codename="view_syncrun"))
    theirs = visit(acme, Person.objects.get(pk=helper.pk))
    assert theirs.get(f"{LIST}{done.pk}/problems.csv").status_code == 200


def test_another_companys_run_is_404(
    client: Client, globex: Company, gus: Person, visit: Visit
) -> None:
    done = run(uma())
    theirs = visit(globex, gus)
    assert theirs.get(f"{LIST}{done.pk}/problems.csv").status_code == 404
    assert theirs.get(page_of(done)).status_code == 302
