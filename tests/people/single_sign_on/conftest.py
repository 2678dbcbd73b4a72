"""Acme, with a provider that knows Lee."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tenants.companies.models import Company
from tenants.people.models import Person
from tenants.people.single_sign_on.models import SignInConnection
from tests.people.single_sign_on.openid_server import CLIENT_ID, CLIENT_SECRET, Provider, serve
from tests.people.single_sign_on.saml_provider import ENTITY, OURS, SIGN_IN


@pytest.fixture(autouse=True)
def _no_earlier_tries(acme: Company) -> None:
    cache.clear()


@pytest.fixture
def provider(settings: Settings, lee: Person) -> Iterator[Provider]:
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    with serve() as provider:
        provider.claims = {
            "sub": "lee-there",
            "email": "Lee.Tanaka@acme.example",
            "email_verified": True,
        }
        yield provider


@pytest.fixture
def okta(provider: Provider) -> SignInConnection:
    """OpenID Connect, on."""
    return SignInConnection.objects.create(
        name="Okta",
        protocol="openid_connect",
        issuer=provider.url,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        domains=["acme.example"],
        is_on=True,
    )


@pytest.fixture
def entra(lee: Person) -> SignInConnection:
    """SAML, on."""
    return SignInConnection.objects.create(
        name="Entra ID",
        protocol="saml",
        entity_id=ENTITY,
        sign_in_url=SIGN_IN,
        certificates=OURS.certificate,
        domains=["acme.example"],
        vouches=True,
        is_on=True,
    )
