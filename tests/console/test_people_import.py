"""Importing people from a file, page by page, as somebody at a browser does."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook
from time_machine import Traveller

from tenants.companies.models import Company
from tenants.people import tasks
from tenants.people.actions import sync_people
from tenants.people.models import Person, SyncRun
from tests.console.cast import Visit
from tests.console.uploads import CSV, IMPORT, imported, previewed, proposed, uploaded


@pytest.fixture(autouse=True)
def _no_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.run_sync, "delay", lambda _: None)


@pytest.fixture
def client(acme: Company, olive: Person, visit: Visit) -> Client:
    """Olive's browser."""
    return visit(acme, olive)


def csv_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_file_is_imported_in_four_steps(client: Client) -> None:
    columns = uploaded(client).headers["Location"]
    page = client.get(columns)
    assert [line.heading for line in page.context["lines"]][-1] == "Salary"
    assert "90000 ·" not in page.text
    assert "<span>90000</span>" in page.text
    preview = client.post(columns, proposed(client, columns)).headers["Location"]
    page = client.get(preview)
    assert "1 new · 2 cannot be read" in page.text
    assert "Not read, not stored: Salary." in " ".join(page.text.split())
    assert not Person.objects.filter(given_name="Uma").exists()

    page = imported(client, preview)
    assert "1 new · 2 refused" in page.text
    uma = Person.objects.get(given_name="Uma")
    assert (uma.employee_number, uma.email) == ("1", "uma@acme.example")
    assert "90000" not in str(uma.attributes)


def test_a_workbook_is_read_like_a_csv_file(client: Client) -> None:
    book = Workbook()
    for line in csv.reader(io.StringIO(CSV)):
        book.active.append(line)  # type: ignore[union-attr]
    content = io.BytesIO()
    book.save(content)
    assert "1 new · 2 cannot be read" in client.get(previewed(client, content.getvalue())).text


def test_what_is_wrong_is_said_at_its_cell(client: Client) -> None:
    page = client.get(previewed(client), {"show": "error"})
    ivo, eve = page.context["rows"]
    (cell,) = [cell for cell in ivo.cells if cell.wrong]
    assert (ivo.line, cell.label, cell.value) == (3, "Work Email", "nonsense")
    assert cell.wrong == ["'nonsense' is not an e-mail address."]
    (cell,) = [cell for cell in eve.cells if cell.wrong]
    assert (cell.label, cell.value) == ("Hire Date", "soon")
    assert "'soon' is not a date" in cell.wrong[0]


def test_what_changes_is_shown_from_and_to(client: Client) -> None:
    imported(client, previewed(client))
    page = client.get(previewed(client, CSV.replace("Uma,Berg", "Uma,Bergström")))
    assert "1 changes · 2 cannot be read" in page.text
    uma = page.context["rows"][0]
    assert [(cell.label, cell.before, cell.value) for cell in uma.cells] == [
        ("Last name", "Berg", "Bergström")
    ]
    assert uma.person == Person.objects.get(given_name="Uma").pk


def test_nothing_to_do_is_said_and_cannot_be_imported(client: Client) -> None:
    good = "\n".join(CSV.splitlines()[:2])
    imported(client, previewed(client, good))
    page = client.get(previewed(client, good))
    assert "1 stays as it is" in page.text
    assert "there is nothing to import" in page.text
    assert "Import now" not in page.text


def test_rows_are_paged_and_filtered(client: Client) -> None:
    many = "\n".join(f"{n},Given{n},Family{n}" for n in range(10, 130))
    preview = previewed(client, f"Employee #,First Name,Last Name\n{many}\n")
    last = client.get(preview, {"page": 3})
    assert [len(last.context["rows"]), last.context["total"]] == [20, 120]
    assert last.context["rows"][0].line == 102
    assert client.get(preview, {"show": "error"}).context["rows"] == []
    assert client.get(preview, {"page": "x", "show": "x"}).status_code == 200


def test_the_preview_costs_the_same_for_3_rows_and_for_300(client: Client) -> None:
    def queries(people: int) -> int:
        lines = "\n".join(f"{n},Given{n},Family{n}" for n in range(1, people + 1))
        preview = previewed(client, f"Employee #,First Name,Last Name\n{lines}\n")
        for _ in range(2):
            with CaptureQueriesContext(connection) as counted:
                assert client.get(preview).status_code == 200
        return len(counted)

    few, many = queries(3), queries(300)
    assert few == many
    assert many <= 8


def test_refused_rows_come_back_harmless_and_can_be_put_right(client: Client) -> None:
    preview = previewed(client)
    before = csv_of(client.get(preview.replace("preview/", "refused.csv")))
    assert before[1][:4] == ["3", "2", "Ivo", "Lund"]
    imported(client, preview)
    answer = client.get(preview.replace("preview/", "refused.csv"))
    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    head, ivo, eve = csv_of(answer)
    assert head[0] == "Line"
    assert head[-2:] == ["Wrong column", "What is wrong"]
    assert ivo[-2:] == ["Work Email", "'nonsense' is not an e-mail address."]
    assert eve[2] == "'=Eve"
    assert "80000" not in answer.text

    right = answer.content.decode().replace("2,Ivo,Lund,nonsense", "2,Ivo,Lund,ivo@acme.example")
    page = client.get(previewed(client, right))
    assert "1 new · 1 cannot be read" in page.text


def test_who_would_leave_is_listed_and_has_to_be_confirmed(client: Client) -> None:
    staff = [
        {"employee_number": str(n), "given_name": f"P{n}", "email": f"p{n}@acme.example"}
        for n in range(100, 120)
    ]
    sync_people(rows=staff, source="api")
    preview = previewed(client, mode="complete")
    page = client.get(preview)
    assert "20 people are not in this file and would be marked as left" in page.text
    assert "20 of 21 active people" in page.text
    assert "P100" in page.text
    assert len(client.get(preview, {"show": "deactivated"}).context["rows"]) == 20

    uid = page.context["run"].uid
    page = client.post(preview, {"preview": uid})
    assert page.status_code == 200
    assert 'aria-describedby="guard form-error"' in page.text
    assert not SyncRun.objects.filter(dry_run=False, source="file").exists()
    page = imported(client, preview, confirm="on")
    assert "20 marked as left" in page.text


def test_a_second_click_does_not_import_twice(client: Client) -> None:
    preview = previewed(client)
    form = {"preview": client.get(preview).context["run"].uid}
    first, second = (client.post(preview, form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert SyncRun.objects.filter(dry_run=False).count() == 1


def test_a_preview_that_is_out_of_date_is_not_imported(client: Client) -> None:
    preview = previewed(client)
    stale = {"preview": client.get(preview).context["run"].uid}
    columns = preview.replace("preview", "columns")
    client.post(columns, proposed(client, columns) | {"4": ""})
    page = client.post(preview, stale)
    assert "chosen anew" in page.text
    assert not SyncRun.objects.filter(dry_run=False).exists()


def test_the_page_waits_for_the_worker_and_says_so(
    client: Client, clock: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenants.people.actions.files.AT_ONCE", 1)
    preview = previewed(client)
    page = client.get(preview)
    assert "It waits for its turn." in page.text
    assert "<progress" in page.text
    assert "worker is not running" not in page.text
    clock.shift(timedelta(minutes=2))
    assert "worker is not running" in client.get(preview).text
    run = SyncRun.objects.get()
    SyncRun.objects.update(state=SyncRun.State.RUNNING, rows_compared=1)
    page = client.get(preview)
    assert f'value="1" max="{run.rows}"' in page.text
    tasks.run_sync(str(run.uid))
    assert "1 new · 2 cannot be read" in client.get(preview).text


def test_an_import_that_broke_says_so_and_leads_back(client: Client) -> None:
    preview = previewed(client)
    client.post(preview, {"preview": client.get(preview).context["run"].uid})
    SyncRun.objects.filter(dry_run=False).update(state="failed", detail="Something broke.")
    page = client.get(preview.replace("preview", "run"))
    assert "Nothing was imported. Something broke." in " ".join(page.text.split())
    columns = preview.replace("preview", "columns")
    assert client.post(columns, proposed(client, columns)).headers["Location"] == preview
    assert "1 new · 2 refused" in imported(client, preview).text


def test_recent_uploads_can_be_continued(client: Client) -> None:
    columns = uploaded(client).headers["Location"]
    page = client.get(IMPORT)
    assert "left half-way" in page.text
    assert f'href="{columns}"' in page.text
    imported(client, previewed(client))
    states = [recent.state for recent in client.get(IMPORT).context["recent"]]
    assert states == ["imported", "left half-way"]


def test_choices_are_remembered_and_said(client: Client) -> None:
    columns = uploaded(client).headers["Location"]
    client.post(columns, proposed(client, columns) | {"5": "location"})
    assert "changed by you" in client.get(columns).text
    page = client.get(uploaded(client).headers["Location"])
    assert "as you chose last time" in page.text
    assert page.context["form"].chosen[5] == "location"
