"""Every company at a glance, however many there are, also those that are broken."""

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tenants.utils import schema_context
from pytest_django import DjangoAssertNumQueries

from console.operator.columns import HEADINGS
from console.operator.figures import NEEDED
from reinforcement.models import Brief, Delivery
from tenants.companies.actions import reserve_company
from tenants.companies.context import working_for
from tenants.companies.models import Company, ProvisioningRun
from tenants.people.models import Person, SyncRun
from tests.console.operator.conftest import desk_of

LIST = "/console/"
WRITTEN_AT = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)


@pytest.fixture
def busy(acme: Company, lee: Person, nia: Person) -> Company:
    """Acme with a sync of which a row was refused, and a week of which a message waits."""
    now = timezone.now()
    with working_for(acme):
        SyncRun.objects.create(
            source="api", mode="partial", state="finished", rows=3, created=2, failed=1,
            requested_at=now, started_at=now, finished_at=now,
        )  # fmt: skip
        SyncRun.objects.create(source="file", mode="partial", dry_run=True, requested_at=now)
        week = {"iso_year": 2026, "due_at": now, "written_at": now, "state": "written"}
        Brief.objects.create(manager=lee, iso_week=46, **{**week, "due_at": now - timedelta(7)})
        briefs = [Brief.objects.create(manager=each, iso_week=47, **week) for each in (lee, nia)]
        for brief, state in zip(briefs, ("sent", "failed"), strict=True):
            deliver(brief, state)
        deliver(Brief.objects.get(iso_week=46), "waiting")
    return acme


def deliver(brief: Brief, state: str) -> None:
    Delivery.objects.create(
        uid=UUID(int=(int(WRITTEN_AT.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62) | brief.pk),
        recipient=brief.manager, brief=brief, channel="mail", state=state,
        next_attempt_at=brief.due_at, message_id=f"<{brief.pk}>",
        last_error="550 no mailbox lee.tanaka@acme.example" if state == "failed" else "",
    )  # fmt: skip


def cells(client: Client, query: str = "") -> dict[str, dict[str, str]]:
    """The downloaded rows by the company's name."""
    text = client.get(f"/console/companies.csv{query}").content.decode("utf-8-sig")
    return {row["Company"]: row for row in csv.DictReader(io.StringIO(text))}


def test_the_list_tells_how_each_company_does(desk: Client, busy: Company, globex: Company) -> None:
    page = desk.get(LIST).text
    assert "acme.localhost" in page
    assert "2026-W47" in page
    assert "1 message failed" in page
    assert "1 message waits" in page
    assert "1 row refused" in page
    acme = cells(desk)["Acme"]
    assert (acme["People"], acme["Managers"], acme["Status"]) == ("3", "1", "active")
    assert (acme["Briefs of week"], acme["Sent"], acme["Failed"]) == ("2026-W47", "1", "1")
    assert (acme["Oldest unsent"], acme["Failed messages"]) == ("2026-11-18 06:00", "1")
    assert acme["Its result"] == "finished"
    assert cells(desk)["Globex"]["Briefs of week"] == ""


def test_a_list_of_fifty_costs_what_one_costs(
    desk: Client, acme: Company, globex: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.get(LIST)
    with django_assert_num_queries(9):
        desk.get(LIST)
    with schema_context("public"):
        Company.objects.bulk_create(
            Company(name=f"Copy {n}", slug=f"copy-{n}", schema_name=f"c_copy_{n}", status="active")
            for n in range(48)
        )
    tables = {each.partition(".")[0] for each in NEEDED}
    with connection.cursor() as cursor:
        for n in range(48):
            cursor.execute(f"CREATE SCHEMA c_copy_{n}")
            for table in (*tables, "django_migrations"):
                cursor.execute(f"CREATE TABLE c_copy_{n}.{table} (LIKE c_acme.{table})")
            cursor.execute(
                f"INSERT INTO c_copy_{n}.django_migrations SELECT * FROM c_acme.django_migrations"  # noqa: S608
            )
    with django_assert_num_queries(9):
        page = desk.get(LIST).text
    assert page.count('class="status active"') == 50
    assert "cannot be read" not in page


def test_a_company_that_is_broken_is_shown_as_such(
    desk: Client, acme: Company, globex: Company
) -> None:
    with schema_context("public"):
        ghost = Company(name="Ghost", slug="ghost", schema_name="c_ghost", status="active")
        Company.objects.bulk_create([ghost])  # as a schema that was dropped by hand leaves it
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM c_globex.django_migrations WHERE app = 'learning'")
        cursor.execute("ALTER TABLE c_globex.reinforcement_brief RENAME COLUMN due_at TO due")
    page = desk.get(LIST).text
    assert "Its tables are missing" in page
    assert "migrations behind" in page
    assert page.count("cannot be read") == 2
    for slug, told in (("ghost", "Restore it"), ("globex", "manage.py migrate_schemas")):
        assert told in desk.get(f"/console/companies/{slug}/").text
    assert cells(desk)["Acme"]["What is wrong"] == ""


def test_a_setup_that_failed_is_listed_and_tried_again(
    desk: Client, acme: Company, asked: list[str], django_capture_on_commit_callbacks
) -> None:
    now = timezone.now()
    with schema_context("public"):
        company = reserve_company(name="Initech", slug="initech", root_domain="localhost")
        run = ProvisioningRun.objects.create(company=company)
        run.steps.create(
            kind="tables", position=1, state="failed", error="disk full", began_at=now, ended_at=now
        )
    assert (
        "Setting it up stopped at “Make its own tables”" in desk.get(f"{LIST}?order=trouble").text
    )
    assert "disk full" in desk.get("/console/companies/initech/").text
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post("/console/companies/initech/again")
    assert answer["Location"] == "/console/companies/initech/progress/"
    assert asked == [str(run.uid)]
    assert run.steps.get().state == "waiting"


def test_search_status_and_order(desk: Client, acme: Company, globex: Company, lee: Person) -> None:
    def names(query: str) -> list[str]:
        return list(cells(desk, query))

    assert names("?q=ACM") == ["Acme"]
    assert names("?q=nothing") == []
    assert "No company is like that." in desk.get(f"{LIST}?q=nothing").text
    assert names("?status=suspended") == []
    assert names("?order=newest") == ["Globex", "Acme"]
    assert names("?order=people")[0] == "Acme"
    assert names("?order=; DROP TABLE&status=%27&page=9") == ["Acme", "Globex"]


def test_the_file_is_harmless_in_a_spreadsheet(desk: Client, acme: Company) -> None:
    with schema_context("public"):
        Company.objects.filter(pk=acme.pk).update(name="=HYPERLINK(1)")
    answer = desk.get("/console/companies.csv")
    assert "attachment" in answer["Content-Disposition"]
    assert "'=HYPERLINK(1)" in answer.content.decode()


def test_failures_are_told_in_plain_words_without_whose_mailbox_it_is(
    desk: Client, busy: Company, olive: Person
) -> None:
    page = desk.get("/console/companies/acme/").text
    assert "550 no mailbox …@acme.example" in page
    assert "lee.tanaka" not in page
    assert "Olive Okafor" in page  # its owner
    assert "3 rows" in page


def test_the_command_line_lists_the_same_columns(
    busy: Company, olena: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    with schema_context("public"):
        call_command("company", "list", "--csv")
        told = capsys.readouterr().out
        [headings, acme, *_] = csv.reader(io.StringIO(told))
        assert tuple(headings) == HEADINGS
        by_name = dict(zip(HEADINGS, acme, strict=True))
        assert by_name == {**cells(desk_of(olena))["Acme"], "Address": "acme.localhost"}
        call_command("company", "list")
    assert "2026-W47" in capsys.readouterr().out
