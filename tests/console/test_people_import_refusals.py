"""What an import refuses: files and columns that make no sense, and people who may not."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from time_machine import Traveller

from tenants.companies.models import Company
from tenants.people import tasks
from tenants.people.actions import forget_old_files
from tenants.people.models import PeopleFile, Person, SyncRun
from tests.console.cast import MakePerson, Visit
from tests.console.uploads import IMPORT, previewed, proposed, uploaded


@pytest.fixture(autouse=True)
def _no_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.run_sync, "delay", lambda _: None)


@pytest.fixture
def client(acme: Company, olive: Person, visit: Visit) -> Client:
    """Olive's browser."""
    return visit(acme, olive)


def test_two_columns_read_as_the_same_are_said_at_the_second(client: Client) -> None:
    columns = uploaded(client).headers["Location"]
    page = client.post(columns, proposed(client, columns) | {"5": "email"})
    line = page.context["lines"][5]
    assert line.error == "“Work Email” is read as this already: keep one of the two."
    assert page.context["form"].chosen[5] == "email"
    assert 'aria-describedby="about-5"' in page.text
    assert not SyncRun.objects.exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"0": "", "3": ""}, "No column tells people apart"),
        ({"5": "password"}, "not one of the available choices"),
    ],
)
def test_columns_that_make_no_sense_are_refused(
    client: Client, changes: dict[str, str], told: str
) -> None:
    columns = uploaded(client).headers["Location"]
    page = client.post(columns, proposed(client, columns) | changes)
    assert page.status_code == 200
    assert told in page.text
    assert not SyncRun.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This file is empty"),
        (b"Employee #,First Name\n", "headings and no people"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "workbook of the old kind"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\x89PNG\r\n", "neither CSV nor XLSX"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_the_field(
    client: Client, content: bytes, told: str
) -> None:
    page = uploaded(client, content)
    assert page.status_code == 200
    assert told in page.context["form"].errors["file"][0]
    assert 'aria-describedby="file-help file-error"' in page.text
    assert not PeopleFile.objects.exists()


def test_no_file_is_asked_for_and_an_unknown_mode_refused(client: Client) -> None:
    assert "Choose a file first." in client.post(IMPORT, {"mode": "partial"}).text
    assert "mode" in uploaded(client, mode="everything").context["form"].errors


def test_a_file_beyond_the_limit_is_let_go_of(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenants.people.admin.imports.upload.FILE_LIMIT", 100)
    page = uploaded(client)
    assert page.status_code == 413
    assert "larger than 10 MB" in page.context["form"].errors["file"][0]
    assert not PeopleFile.objects.exists()


def test_an_upload_needs_its_token(acme: Company, olive: Person, visit: Visit) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "acme.localhost"})
    strict.cookies = visit(acme, olive).cookies
    assert uploaded(strict).status_code == 403
    assert not PeopleFile.objects.exists()


def test_a_file_that_was_forgotten_says_so(client: Client, clock: Traveller) -> None:
    preview = previewed(client)
    clock.shift(timedelta(days=6))
    assert forget_old_files() == 0
    client.get(preview)
    clock.shift(timedelta(days=2))
    assert forget_old_files() == 1
    client = _again(client)
    page = client.get(preview.replace("preview", "columns"))
    assert page.status_code == 410
    assert "upload it again" in page.text
    assert client.get(preview).headers["Location"].endswith("/columns/")
    assert "forgotten" in client.get(IMPORT).text


def test_a_file_can_be_forgotten_at_once(client: Client) -> None:
    forget = previewed(client).replace("preview", "forget")
    assert client.get(forget).status_code == 405
    page = client.post(forget, follow=True)
    assert "“people.csv” is forgotten." in page.text
    assert not PeopleFile.objects.exists()
    assert client.post(forget).status_code == 404


def _again(client: Client) -> Client:
    """Olive signed in anew: her session has ended meanwhile."""
    client.force_login(
        Person.objects.get(given_name="Olive"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def addresses(preview: str) -> list[str]:
    pages = ("columns/", "preview/", "run/", "refused.csv", "forget/")
    return [IMPORT, *(preview.replace("preview/", page) for page in pages)]


def test_whoever_may_not_add_and_change_people_is_told_403(
    client: Client, acme: Company, person: MakePerson, visit: Visit
) -> None:
    preview = previewed(client)
    helper = person("Hal", "Berg", is_staff=True)
    helper.user_permissions.set(
        Permission.objects.filter(codename__in=["view_person", "change_person"])
    )
    theirs = visit(acme, helper)
    for address in addresses(preview):
        assert theirs.get(address).status_code == 403
        assert theirs.post(address).status_code == 403
    people = theirs.get("/admin/people/person/")
    assert "Import a file" not in people.text
    assert IMPORT not in people.text
    assert "Import a file" in client.get("/admin/people/person/").text
    helper.user_permissions.add(Permission.objects.get(codename="add_person"))
    again = visit(acme, Person.objects.get(pk=helper.pk))
    assert again.get(preview).status_code == 200


def test_learners_and_strangers_are_sent_away(
    client: Client, acme: Company, lee: Person, visit: Visit
) -> None:
    preview = previewed(client)
    for browser in (visit(acme, lee), visit(acme)):
        for address in addresses(preview):
            assert browser.get(address).status_code == 302


def test_another_companys_file_is_404(
    client: Client, acme: Company, globex: Company, gus: Person, visit: Visit
) -> None:
    preview = previewed(client)
    theirs = visit(globex, gus)
    assert theirs.get(IMPORT).context["recent"] == []
    for address in addresses(preview)[1:-1]:
        assert theirs.get(address).status_code == 404
    assert theirs.post(addresses(preview)[-1]).status_code == 404
