"""Switching passwords off: nobody is locked out by it, and nobody comes in by one any more."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from tenants.companies.context import find_company
from tenants.companies.models import Company
from tenants.people.models import Person
from tenants.people.single_sign_on import actions
from tenants.people.single_sign_on.models import SignInConnection
from tests.conftest import PASSWORD
from tests.people.single_sign_on.openid_server import Provider
from tests.people.single_sign_on.walking import openid, who
from tests.portal.cast import Visit

PAGE = "/admin/single_sign_on/signinconnection/passwords/"


@pytest.fixture
def by_okta(
    visit: Visit, acme: Company, olive: Person, okta: SignInConnection, provider: Provider
) -> Client:
    """Olive, who came in through Okta."""
    provider.claims |= {"sub": "olive-there", "email": "olive.okafor@acme.example"}
    client = visit(acme)
    openid(client, okta)
    assert who(client) == olive
    return client


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    page = client.post("/accounts/login/", {"login": email, "password": password})
    return page.content.decode()


def test_whoever_came_in_with_a_password_cannot_switch_them_off(
    visit: Visit, acme: Company, olive: Person, okta: SignInConnection
) -> None:
    client = visit(acme, olive)
    answer = client.post(PAGE, {"to": "off"})
    assert answer.status_code == 400
    assert "Sign out, and in again through a connection" in answer.content.decode()
    assert not find_company("acme").single_sign_on_only


def test_without_a_connection_that_is_on_they_stay(acme: Company, olive: Person) -> None:
    with pytest.raises(ValidationError, match="Switch a connection on first"):
        actions.close_to_passwords(company=acme, actor=olive, proven=True)


def test_switched_off_they_open_nothing(
    visit: Visit, acme: Company, lee: Person, by_okta: Client
) -> None:
    before = visit(acme)
    sign_in(before, str(lee.email))
    assert who(before) == lee
    assert by_okta.post(PAGE, {"to": "off"}).status_code == 302

    assert before.get("/path/")["Location"] == "/accounts/login/?next=/path/"
    assert who(before) is None
    assert by_okta.get(PAGE).status_code == 200

    client = visit(acme)
    page = client.get("/accounts/login/").content.decode()
    assert "Sign in with Okta" in page
    assert 'name="password"' not in page
    known, unknown = (sign_in(client, email) for email in (str(lee.email), "nobody@acme.example"))
    assert "Passwords are switched off here" in known
    assert "Passwords are switched off" in unknown
    assert who(client) is None
    for page in ("reset/", "reset/confirm/", "reset/complete/"):
        answer = client.post(f"/accounts/password/{page}", {"email": str(lee.email)})
        assert answer["Location"] == "/accounts/login/"
    assert mail.outbox == []


def test_let_in_again_they_open_what_they_did(
    visit: Visit, acme: Company, lee: Person, by_okta: Client
) -> None:
    by_okta.post(PAGE, {"to": "off"})
    by_okta.post(PAGE, {"to": "on"})
    client = visit(acme)
    sign_in(client, str(lee.email))
    assert who(client) == lee


def test_the_last_way_in_is_neither_switched_off_nor_deleted(
    acme: Company, olive: Person, okta: SignInConnection, by_okta: Client
) -> None:
    by_okta.post(PAGE, {"to": "off"})
    base = f"/admin/single_sign_on/signinconnection/{okta.pk}"
    answer = by_okta.post(f"{base}/switch/", {"to": "off"})
    assert answer.status_code == 400
    assert "It is the only way in while passwords are off" in answer.content.decode()
    assert by_okta.post(f"{base}/delete/", {"post": "yes"}).status_code == 403
    okta.refresh_from_db()
    assert okta.is_on


def test_another_company_keeps_its_passwords(
    visit: Visit, globex: Company, gus: Person, by_okta: Client
) -> None:
    by_okta.post(PAGE, {"to": "off"})
    client = visit(globex)
    sign_in(client, str(gus.email))
    assert "_auth_user_id" in client.session
