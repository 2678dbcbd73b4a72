"""A company made by an operator: the form, the worker, the page that watches."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tenants.utils import schema_context

from portal.sign_up import tasks
from tenants.companies.actions import reserve_company
from tenants.companies.context import working_for
from tenants.companies.models import Company, ProvisioningRun, SignUp
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person

NEW = "/console/new/"
FILLED = {
    "company_name": "Initech & Söhne",
    "slug": "initech",
    "given_name": "Ines",
    "family_name": "Ito",
    "email": "Ines@initech.example",
    "locale": "de",
    "time_zone": "Europe/Vienna",
}


def test_a_company_is_set_up_by_the_steps_of_sign_up(
    desk: Client, asked: list[str], django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(NEW, FILLED)
    progress = "/console/companies/initech/progress/"
    assert answer["Location"] == progress
    page = desk.get(progress).text
    assert "Setting up Initech &amp; Söhne" in page
    assert "Step 2 of 4: Make its own tables" in page
    assert 'hx-trigger="every 1s"' in page
    with schema_context("public"):
        run = ProvisioningRun.objects.get()
        assert asked == [str(run.uid)]
        tasks.provision(str(run.uid))
        company = Company.objects.get(slug="initech")
    assert (company.status, company.locale) == ("active", "de")
    assert company.time_zone == "Europe/Vienna"
    with working_for(company):
        assert Person.objects.get().email == "ines@initech.example"
    assert "http://initech.localhost:8000/welcome/" in mail.outbox[0].body
    done = desk.get(progress).text
    assert "Initech &amp; Söhne is ready" in done
    assert "hx-trigger" not in done
    assert "/welcome/" not in done  # the owner's way in is the owner's
    assert (
        "set Initech &amp; Söhne up for ines@initech.example"
        in desk.get("/console/companies/initech/").text
    )
    assert AuditEntry.objects.filter(event="created").get().actor.given_name == "Olena"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("company_name", " ", "Write what it is called."),
        ("slug", "ini tech", "Use lower-case letters"),
        ("slug", "console", "kept for Throughline itself"),
        ("slug", "acme", "acme is taken. acme-2 is free."),
        ("slug", "x" * 41, "at most 40 characters"),
        ("email", "ines", "Enter a valid email address."),
        ("time_zone", "Berlin", "not one of the available choices"),
        ("locale", "tlh", "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    desk: Client, acme: Company, asked: list[str], field: str, value: str, told: str
) -> None:
    answer = desk.post(NEW, {**FILLED, field: value})
    assert answer.status_code == 400
    assert told in answer.text
    assert f'id="id_{field}_error"' in answer.text
    assert answer.text.count("autofocus") == 1
    with schema_context("public"):
        assert not SignUp.objects.exists()
    assert asked == []


def test_an_address_is_told_to_be_free_or_taken(desk: Client, acme: Company) -> None:
    assert (
        "<strong>initech.localhost</strong> is free."
        in desk.get("/console/new/address?slug=Initech").text
    )
    assert "acme is taken. acme-2 is free." in desk.get("/console/new/address?slug=acme").text


def test_of_two_at_once_the_later_is_told(
    desk: Client, acme: Company, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    monkeypatch.setattr("console.operator.creating.check_slug", lambda _: None)
    answer = desk.post(NEW, {**FILLED, "slug": "acme"})
    assert answer.status_code == 400
    assert "acme is taken" in answer.text
    with schema_context("public"):
        assert not SignUp.objects.exists()


def test_the_part_that_moves_and_nothing_where_none_did(desk: Client) -> None:
    now = timezone.now()
    with schema_context("public"):
        company = reserve_company(name="Initech", slug="initech", root_domain="localhost")
        run = ProvisioningRun.objects.create(company=company)
        for position, (kind, state) in enumerate((("address", "done"), ("tables", "failed"))):
            run.steps.create(
                kind=kind, position=position, state=state, began_at=now,
                ended_at=now + timedelta(seconds=2), error="disk full" * (state == "failed"),
            )  # fmt: skip
    address = "/console/companies/initech/progress/"
    htmx = {"HX-Request": "true"}
    part = desk.get(address, headers=htmx).text
    assert "<html" not in part
    assert "disk full" in part
    assert "done in 2.0 s" in part
    assert desk.get(f"{address}?seen=2.2.0", headers=htmx).status_code == 204


def test_a_company_without_steps_has_no_such_page(desk: Client, acme: Company) -> None:
    assert desk.get("/console/companies/acme/progress/").status_code == 404
    assert desk.post("/console/companies/acme/again").status_code == 404
    assert desk.get("/console/companies/nobody/").status_code == 404
