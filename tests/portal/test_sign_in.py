import re
from typing import cast

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person
from tests.conftest import PASSWORD
from tests.portal.cast import Visit

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _no_earlier_tries(acme: Company) -> None:
    cache.clear()


def sign_in(client: Client, email: str | None, password: str = PASSWORD) -> HttpResponse:
    return cast(HttpResponse, client.post(LOGIN, {"login": email, "password": password}))


@pytest.mark.parametrize("path", ["/", "/week/", "/path/"])
def test_pages_ask_to_sign_in_first(visit: Visit, acme: Company, path: str) -> None:
    assert visit(acme).get(path)["Location"] == f"{LOGIN}?next={path}"


def test_signing_in_leads_home_and_signing_out_ends_it(
    visit: Visit, acme: Company, lee: Person
) -> None:
    client = visit(acme)
    assert "Sign in to Acme" in client.get(LOGIN).content.decode()
    assert sign_in(client, "LEE.tanaka@acme.example")["Location"] == "/"
    assert "Lee Tanaka" in client.get("/path/").content.decode()
    assert client.post("/accounts/logout/")["Location"] == LOGIN
    assert client.get("/path/").status_code == 302


def test_getting_the_sign_out_page_signs_nobody_out(
    visit: Visit, acme: Company, lee: Person
) -> None:
    client = visit(acme, lee)
    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    assert client.get("/path/").status_code == 200


def test_known_and_unknown_addresses_are_answered_alike(
    visit: Visit, acme: Company, lee: Person
) -> None:
    pages = [
        sign_in(visit(acme), email, "wrong").content.decode()
        for email in (lee.email, "nobody@acme.example")
    ]
    plain = [re.sub(r'(value|csrfmiddlewaretoken)="[^"]*"', "", page) for page in pages]
    assert plain[0] == plain[1]


def test_a_person_of_another_company_cannot_sign_in(
    visit: Visit, acme: Company, gus: Person
) -> None:
    assert sign_in(visit(acme), gus.email).status_code == 200


def test_whoever_has_left_cannot_sign_in(visit: Visit, acme: Company, lee: Person) -> None:
    lee.employment_status = EmploymentStatus.TERMINATED
    lee.save()
    client = visit(acme)
    sign_in(client, lee.email)
    assert client.get("/path/").status_code == 302


def test_a_session_ends_when_the_person_leaves(visit: Visit, acme: Company, lee: Person) -> None:
    client = visit(acme, lee)
    lee.employment_status = EmploymentStatus.TERMINATED
    lee.save()
    assert client.get("/path/").status_code == 302


def test_a_new_password_by_code(visit: Visit, acme: Company, lee: Person) -> None:
    client = visit(acme)
    step = client.post("/accounts/password/reset/", {"email": lee.email}, follow=True)
    assert "Enter the code" in step.content.decode()
    assert "acme.localhost" in mail.outbox[0].body
    code = re.search(r"^([0-9A-Z]{3,}-?[0-9A-Z]+)$", str(mail.outbox[0].body), re.MULTILINE)
    assert code
    step = client.post("/accounts/password/reset/confirm/", {"code": code.group(1)}, follow=True)
    assert "Choose a new password" in step.content.decode()
    new = "a heron stands in the reeds"
    step = client.post(
        "/accounts/password/reset/complete/", {"password1": new, "password2": new}, follow=True
    )
    assert "Your new password is saved." in step.content.decode()
    assert sign_in(visit(acme), lee.email, new)["Location"] == "/"


def test_a_wrong_code_is_told(visit: Visit, acme: Company, lee: Person) -> None:
    client = visit(acme)
    client.post("/accounts/password/reset/", {"email": lee.email})
    page = client.post("/accounts/password/reset/confirm/", {"code": "AAAA-BBBB"})
    assert 'aria-invalid="true"' in page.content.decode()


def test_reset_answers_alike_and_tells_an_unknown_address_by_mail(
    visit: Visit, acme: Company, lee: Person
) -> None:
    pages = []
    for email in ("lee.tanaka@acme.example", "nobody@acme.example"):
        page = visit(acme).post("/accounts/password/reset/", {"email": email}, follow=True)
        pages.append(re.sub(r'value="[^"]*"', "", page.content.decode()).replace(email, ""))
    assert pages[0] == pages[1]
    assert "Nobody there has it." in mail.outbox[1].body


def test_nobody_signs_up_or_manages_addresses(visit: Visit, acme: Company) -> None:
    assert visit(acme).get("/accounts/signup/")["Location"] == LOGIN
    for path in ("/accounts/email/", "/accounts/confirm-email/", "/accounts/"):
        assert visit(acme).get(path).status_code == 404


def test_the_inactive_page_is_ours(visit: Visit, acme: Company) -> None:
    page = visit(acme).get("/accounts/inactive/").content.decode()
    assert "You cannot sign in right now." in page


def test_every_page_keeps_the_strict_policy(visit: Visit, acme: Company, lee: Person) -> None:
    client = visit(acme, lee)
    for path in ("/path/", "/week/", "/nowhere", "/accounts/logout/"):
        response = client.get(path)
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert " style=" not in response.content.decode()
        assert not re.search(r"<script(?![^>]* src=)", response.content.decode())


def test_the_admin_site_is_linked_for_staff_only(
    visit: Visit, acme: Company, olive: Person, lee: Person
) -> None:
    assert 'href="/admin/"' in visit(acme, olive).get("/path/").content.decode()
    assert 'href="/admin/"' not in visit(acme, lee).get("/path/").content.decode()
