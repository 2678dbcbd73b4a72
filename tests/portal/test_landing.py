import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django_tenants.utils import schema_context

from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import Visit


@pytest.fixture
def stranger(db: None) -> Client:
    return Client(headers={"host": "localhost"})


def test_the_root_domain_explains_itself_and_leads_to_a_company(stranger: Client) -> None:
    page = stranger.get("/").content.decode()
    assert "Learning sticks when a manager asks about it." in page
    assert "yourcompany.localhost" in page
    assert set(re.findall(r'<a [^>]*href="([^"]*)"', page)) == {
        "#main",
        "/sign-up/",
        "/find-my-company/",
    }


@pytest.mark.parametrize("path", ["/week/", "/path/", "/a/x", "/accounts/login/"])
def test_a_companys_pages_are_not_on_the_root_domain(stranger: Client, path: str) -> None:
    response = stranger.get(path)
    assert response.status_code == 404
    assert "There is nothing here for you." in response.content.decode()


def test_the_front_page_takes_no_post(stranger: Client) -> None:
    assert stranger.post("/").status_code == 405


def test_an_unknown_host_shows_nothing_of_ours(db: None) -> None:
    response = Client(headers={"host": "initech.localhost"}).get("/")
    assert response.status_code == 404
    assert "manager" not in response.content.decode()


def test_a_suspended_company_says_so(acme: Company, visit: Visit) -> None:
    with schema_context("public"):
        Company.objects.filter(slug="acme").update(status=Company.Status.SUSPENDED)
    response = visit(acme).get("/path/")
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "switched off for Acme" in response.content.decode()


def test_the_page_for_our_own_failures_needs_no_context() -> None:
    assert "Something broke on our side." in render_to_string("500.html")


def test_a_form_without_its_token_gets_a_page_of_ours(acme: Company, lee: Person) -> None:
    client = Client(headers={"host": "acme.localhost"}, enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert "That form was out of date." in response.content.decode()
