"""Olena, who runs this installation, and browsers on the root domain."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django_tenants.utils import schema_context

from tenants.companies.actions import provisioning
from tenants.companies.models import Company
from tenants.people.actions.operators import create_operator
from tenants.people.models import Person
from tests.conftest import PASSWORD, at

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WHY = "Their brief of Monday looks odd"

Link = Callable[..., str]


def desk_of(person: Person | None = None) -> Client:
    """A browser on the root domain, signed in there as `person` where given."""
    client = Client(headers={"host": "localhost"})
    with schema_context("public"):
        if person:
            client.force_login(person, backend=BACKEND)
    return client


@pytest.fixture
def olena(db: None) -> Person:
    with schema_context("public"):
        cache.clear()
    return create_operator(
        email="olena@throughline.example", given_name="Olena", family_name="K", password=PASSWORD
    )


@pytest.fixture
def desk(olena: Person) -> Client:
    return desk_of(olena)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs that a worker was asked to do."""
    runs: list[str] = []
    monkeypatch.setattr(provisioning, "ask_worker", runs.append)
    return runs


@pytest.fixture
def link(desk: Client) -> Link:
    """``link(acme, ada)``: the path on the company's host that leads Olena in as that person."""

    def make(company: Company, person: Person, minutes: int = 15) -> str:
        given = {"email": person.email, "reason": WHY, "minutes": minutes}
        page = desk.post(f"/console/companies/{company.slug}/look/", given)
        assert page.status_code == 200
        found = re.search(r'href="(http://[^"]*/operator/look/[^"]*)"', page.text)
        assert found, page.text
        return urlsplit(found[1]).path

    return make


@pytest.fixture
def look(link: Link) -> Callable[..., Client]:
    """``look(acme, ada)``: Olena's browser on the company's host, looking as that person."""

    def enter(company: Company, person: Person, minutes: int = 15) -> Client:
        path = link(company, person, minutes)
        client = at(company)
        assert client.post(path)["Location"] == "/"
        return client

    return enter
