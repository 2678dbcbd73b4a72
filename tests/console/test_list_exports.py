"""Every list leaves as a file: the rows that fit, the columns shown, nothing to calculate."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reinforcement.admin.connections import ConnectionPage
from tenants.companies.models import Company
from tenants.people.admin import list_exports
from tenants.people.models import Department, Person
from tests.console.cast import MakePerson, Visit

PEOPLE = "/admin/people/person/"


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def sheet_of(content: bytes) -> list[tuple[Any, ...]]:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).active
    return list(sheet.values)


def test_file_has_the_columns_that_are_shown(
    acme: Company, olive: Person, lee: Person, visit: Visit
) -> None:
    client = visit(acme, olive)
    page = client.get(PEOPLE, {"q": "tanaka"})
    assert f'href="{PEOPLE}export/csv/?q=tanaka"' in page.text
    sent = client.get(f"{PEOPLE}export/csv/", {"q": "tanaka"})
    assert sent["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert read(sent.content) == [
        ["Name", "E-mail", "Job title", "Department", "Manager", "Status", "Hired on"],
        [
            "Lee Tanaka",
            "lee.tanaka@acme.example",
            "Account Executive",
            "Sales",
            "Ada Lindqvist",
            "active",
            "2024-03-01",
        ],
    ]


def test_workbook_has_days_as_days(acme: Company, olive: Person, lee: Person, visit: Visit) -> None:
    sent = visit(acme, olive).get(f"{PEOPLE}export/xlsx/", {"q": "tanaka"})
    headings, row = sheet_of(sent.content)
    assert headings[0] == "Name"
    assert row[0] == "Lee Tanaka"
    assert row[-1].date() == date(2024, 3, 1)


def test_every_page_of_the_list_and_its_filters_are_in_it(
    acme: Company, olive: Person, person: MakePerson, visit: Visit
) -> None:
    for number in range(60):
        person(f"Bo{number}", "Ek")
    Person.objects.filter(family_name="Ek", given_name="Bo7").update(employment_status="leave")
    client = visit(acme, olive)
    assert len(read(client.get(f"{PEOPLE}export/csv/", {"q": "ek", "p": "2"}).content)) == 61
    on_leave = client.get(f"{PEOPLE}export/csv/", {"employment_status__exact": "leave"})
    assert [row[0] for row in read(on_leave.content)] == ["Name", "Bo7 Ek"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_is_calculated(
    acme: Company, olive: Person, visit: Visit, name: str, kind: str
) -> None:
    Department.objects.create(name=name)
    sent = visit(acme, olive).get(f"/admin/people/department/export/{kind}/")
    if kind == "csv":
        cells = [row[0] for row in read(sent.content)]
    else:
        cells = [str(row[0]) for row in sheet_of(sent.content)]
    assert f"'{name}" in cells
    assert name not in cells


@pytest.mark.parametrize("kind", ["pdf", "json"])
def test_there_are_no_other_kinds(acme: Company, olive: Person, visit: Visit, kind: str) -> None:
    assert visit(acme, olive).get(f"{PEOPLE}export/{kind}/").status_code == 404


def test_lee_exports_nothing(acme: Company, lee: Person, visit: Visit) -> None:
    assert visit(acme, lee).get(f"{PEOPLE}export/csv/").status_code == 302


def test_more_than_a_file_holds_is_said(
    acme: Company, olive: Person, lee: Person, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_exports, "MOST", 1)
    answer = visit(acme, olive).get(f"{PEOPLE}export/csv/", follow=True)
    assert "rows, and a file holds 1: filter the list first." in answer.text


def test_export_of_many_costs_what_few_cost(
    acme: Company, olive: Person, person: MakePerson, visit: Visit
) -> None:
    client = visit(acme, olive)
    costs = []
    for number in range(40):
        person(f"Bo{number}", "Ek", manager=olive)
        if number in (2, 39):
            with CaptureQueriesContext(connection) as queries:
                lines = read(client.get(f"{PEOPLE}export/csv/").content)
            costs.append((len(lines), len(queries)))
    (few, cost_of_few), (many, cost_of_many) = costs
    assert (few, many) == (5, 42)
    assert cost_of_many == cost_of_few <= 10


def test_empty_list_says_what_to_do(acme: Company, olive: Person, visit: Visit) -> None:
    page = visit(acme, olive).get("/admin/learning/path/")
    assert "There is nothing here yet" not in page.text
    assert "starter library" in page.text


def test_list_in_which_nothing_fits_leads_back_to_all(
    acme: Company, olive: Person, visit: Visit
) -> None:
    page = visit(acme, olive).get(PEOPLE, {"q": "nobody-at-all"})
    assert "Nothing here fits" in page.text
    assert "export/csv" not in page.text


def test_every_list_has_a_file_and_words_for_when_it_is_empty() -> None:
    for model, page in admin.site._registry.items():
        assert isinstance(page, list_exports.ListExports), model
        template = page.change_list_template
        own_words = template != "people/list.html" or isinstance(page, ConnectionPage)
        assert own_words or page.nothing_yet, f"{model}: what to do while there are none?"
