"""Who comes in to the console, and who is told nothing."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver
from django_tenants.utils import schema_context

from tenants.companies.models import Company
from tenants.people.actions.operators import create_operator
from tenants.people.models import Person
from tests.conftest import PASSWORD
from tests.console.operator.conftest import desk_of

LOGIN = "/console/accounts/login/"
NEW = "a heron stands in the reeds"
PUBLIC = ("accounts/", "welcome/")


def addresses() -> list[str]:
    """Every page of the console but those around signing in."""
    [console] = [
        each
        for each in get_resolver("config.urls.root").url_patterns
        if str(each.pattern) == "console/"
    ]
    routes = [str(each.pattern) for each in console.url_patterns]  # type: ignore[union-attr]
    return [
        "/console/" + re.sub(r"<[^>]+>", "acme", route)
        for route in routes
        if not route.startswith(PUBLIC)
    ]


def test_whoever_is_not_signed_in_is_asked_to(acme: Company) -> None:
    stranger = desk_of()
    assert len(addresses()) > 8
    for address in addresses():
        for answer in (stranger.get(address), stranger.post(address)):
            if answer.status_code != 405:
                assert answer["Location"].startswith(LOGIN), address
                assert "Acme" not in answer.text


def test_somebody_who_is_no_operator_finds_nothing(acme: Company, olena: Person) -> None:
    Person.objects.all()
    with schema_context("public"):
        Person.objects.filter(pk=olena.pk).update(is_superuser=False)
    client = desk_of(olena)
    for address in [*addresses(), LOGIN]:
        answer = client.get(address)
        assert answer.status_code in (404, 405), address
        assert "Acme" not in answer.text


def test_signing_in_and_out(olena: Person) -> None:
    client = desk_of()
    wanted = "/console/new/"
    assert "Operator's console" in client.get(LOGIN).text
    given = {"login": "OLENA@throughline.example", "password": PASSWORD, "next": wanted}
    assert client.post(LOGIN, given)["Location"] == wanted
    assert client.get(wanted).status_code == 200
    assert client.post("/console/accounts/logout/")["Location"] == LOGIN
    assert client.get(wanted).status_code == 302
    del given["next"]
    assert client.post(LOGIN, given)["Location"] == "/console/"


def test_known_and_unknown_addresses_are_answered_alike_and_tries_are_limited(
    olena: Person,
) -> None:
    pages = []
    for email in (olena.email, "nobody@throughline.example"):
        page = desk_of().post(LOGIN, {"login": email, "password": "wrong"}).text
        pages.append(re.sub(r'(value|csrfmiddlewaretoken)="[^"]*"', "", page))
    assert pages[0] == pages[1]
    for _ in range(5):
        last = desk_of().post(LOGIN, {"login": olena.email, "password": "wrong"})
    refused = desk_of().post(LOGIN, {"login": olena.email, "password": PASSWORD})
    assert last.status_code == 200
    assert "Location" not in refused.headers
    assert "Too many failed" in refused.text


def test_no_page_of_the_console_weakens_the_policy(desk: Client, acme: Company) -> None:
    for address in addresses():
        answer = desk.get(address)
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert " style=" not in answer.text
        assert not re.search(r"<script(?![^>]* src=)", answer.text)
        if answer.status_code == 200 and not address.endswith(".csv"):
            assert "no-cache" in answer["Cache-Control"]


@pytest.mark.django_db
def test_an_operator_is_made_with_a_link_that_works_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with schema_context("public"):
        call_command("operator", "create", "Ops@Throughline.example", "--name", "Olena K")
    told = capsys.readouterr().out
    path = urlsplit(told.split()[-1]).path
    assert path.startswith("/console/welcome/")
    client = desk_of()
    assert "Welcome, Olena" in client.get(path).text
    weak = client.post(path, {"password": "short"})
    assert 'id="id_password_error"' in weak.text
    assert client.post(path, {"password": NEW})["Location"] == "/console/"
    assert client.get("/console/").status_code == 200
    assert desk_of().get(path).status_code == 404
    assert desk_of().post(path, {"password": "another heron stands"}).status_code == 404
    again = desk_of().post(LOGIN, {"login": "ops@throughline.example", "password": NEW})
    assert again["Location"] == "/console/"


def test_a_password_is_asked_for_and_never_shown(
    db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = "console.management.commands.operator.getpass"
    monkeypatch.setattr(command, lambda _: NEW)
    with schema_context("public"):
        call_command("operator", "create", "ops@throughline.example", "--ask")
        assert NEW not in capsys.readouterr().out
        assert Person.objects.get().check_password(NEW)
        with pytest.raises(CommandError, match="Somebody else has this e-mail address"):
            call_command("operator", "create", "ops@throughline.example")
        monkeypatch.setattr(command, lambda _: "short")
        with pytest.raises(CommandError, match="too short"):
            call_command("operator", "create", "other@throughline.example", "--ask")
        assert Person.objects.count() == 1


def test_renewing_and_removing_end_sessions(
    desk: Client, olena: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    with schema_context("public"):
        call_command("operator", "renew", str(olena.email))
        path = urlsplit(capsys.readouterr().out.split()[-1]).path
    assert desk.get("/console/").status_code == 302
    assert desk.post(path, {"password": NEW})["Location"] == "/console/"
    with schema_context("public"):
        call_command("operator", "remove", str(olena.email))
        with pytest.raises(CommandError, match="There is no operator"):
            call_command("operator", "remove", str(olena.email))
    assert desk.get("/console/").status_code == 302


def test_an_owner_of_a_company_is_no_operator(acme: Company, olive: Person) -> None:
    create_operator(email=str(olive.email), given_name="Olive", password="another one, longer")
    answer = desk_of().post(LOGIN, {"login": olive.email, "password": PASSWORD})
    assert answer.status_code == 200  # not with the password of her company
