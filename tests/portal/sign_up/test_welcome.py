"""The owner's link: it opens by choosing a password, once, within the hour, in one company."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from portal.sign_up.tokens import WELCOME, welcome_url
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.companies.signing import sign
from tenants.people.actions import welcome_owner
from tenants.people.models import Person
from tests.portal.cast import Visit

NEW = "a heron stands in the reeds"


@pytest.fixture
def owner(acme: Company) -> Person:
    with working_for(acme):
        return welcome_owner(email="olga@acme.example", given_name="Olga", family_name="Oja")


@pytest.fixture
def link(acme: Company, owner: Person) -> str:
    return urlsplit(welcome_url(acme, owner)).path


def test_choosing_a_password_signs_in_and_leads_to_the_admin_site(
    visit: Visit, acme: Company, owner: Person, link: str
) -> None:
    client = visit(acme)
    page = client.get(link)
    assert "Welcome, Olga" in page.content.decode()
    assert "olga@acme.example" in page.content.decode()
    assert client.get("/admin/").status_code == 302
    answer = client.post(link, {"password": NEW})
    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    other = visit(acme)
    signed_in = other.post("/accounts/login/", {"login": owner.email, "password": NEW})
    assert signed_in["Location"] == "/"


def test_looking_at_the_page_changes_nothing(
    visit: Visit, acme: Company, owner: Person, link: str
) -> None:
    client = visit(acme)
    for _ in range(2):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    owner.refresh_from_db()
    assert not owner.has_usable_password()


def test_the_session_is_another_one_than_before(visit: Visit, acme: Company, link: str) -> None:
    client = visit(acme)
    client.session["before"] = True
    client.session.save()
    before = client.session.session_key
    client.post(link, {"password": NEW})
    assert client.session.session_key != before


def test_it_works_once(visit: Visit, acme: Company, owner: Person, link: str) -> None:
    visit(acme).post(link, {"password": NEW})
    for answer in (visit(acme).get(link), visit(acme).post(link, {"password": "something else"})):
        assert answer.status_code == 410
        assert "You have a password already." in answer.content.decode()
    owner.refresh_from_db()
    assert owner.check_password(NEW)


def test_after_an_hour_it_tells_another_way(
    visit: Visit, acme: Company, clock: time_machine.Traveller, owner: Person
) -> None:
    link = urlsplit(welcome_url(acme, owner)).path
    clock.shift(timedelta(minutes=60, seconds=1))
    for answer in (visit(acme).get(link), visit(acme).post(link, {"password": NEW})):
        assert answer.status_code == 410
        assert "It was good for an hour." in answer.content.decode()
        assert "/accounts/password/reset/" in answer.content.decode()


@pytest.mark.parametrize("weak", ["", "short", "password", "olga@acme.example"])
def test_a_weak_password_is_told_at_its_field(
    visit: Visit, acme: Company, owner: Person, link: str, weak: str
) -> None:
    page = visit(acme).post(link, {"password": weak}).content.decode()
    assert 'id="id_password_error"' in page
    assert "autofocus" in page
    owner.refresh_from_db()
    assert not owner.has_usable_password()


def test_it_needs_the_token_of_its_form(acme: Company, link: str) -> None:
    strict = Client(headers={"host": "acme.localhost"}, enforce_csrf_checks=True)
    assert strict.post(link, {"password": NEW}).status_code == 403


def test_another_company_knows_nothing_of_it(
    visit: Visit, acme: Company, globex: Company, owner: Person, link: str
) -> None:
    with working_for(globex):
        Person.objects.create(pk=owner.pk, uid=owner.uid, email=owner.email, given_name="Olga")
    assert visit(globex).get(link).status_code == 404
    assert visit(globex).post(link, {"password": NEW}).status_code == 404


def test_what_was_signed_for_something_else_is_404(visit: Visit, acme: Company, owner: Person):
    with working_for(acme):
        tokens = [sign("answer", str(owner.uid)), sign(WELCOME, str(acme.uid)), "x"]
    for token in tokens:
        answer = visit(acme).get(f"/welcome/{token}")
        assert answer.status_code == 404
        assert "We do not know this link." in answer.content.decode()


def test_somebody_who_has_left_is_not_let_in(visit: Visit, acme: Company, owner: Person, link: str):
    Person.objects.filter(pk=owner.pk).update(employment_status="terminated")
    assert visit(acme).post(link, {"password": NEW}).status_code == 410
