"""A browser's way to a provider and back."""

from typing import Any, cast
from urllib.parse import urlsplit

import requests
from django.http import HttpResponse
from django.test import Client

from tenants.people.models import Person
from tenants.people.single_sign_on.models import SignInConnection
from tests.people.single_sign_on.saml_provider import answer_to


def begin(client: Client, connection: SignInConnection, wanted: str = "") -> str:
    """Where the browser is sent when the button is pressed."""
    kind = "saml" if connection.protocol == "saml" else "openid"
    answer = client.get(
        f"/accounts/{kind}/{connection.uid}/login/", {"next": wanted} if wanted else {}
    )
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def back(place: str) -> str:
    """The address at the provider, followed: where it sends the browser."""
    return requests.get(place, allow_redirects=False, timeout=5).headers["Location"]


def arrive(client: Client, address: str) -> HttpResponse:
    parts = urlsplit(address)
    return cast(HttpResponse, client.get(f"{parts.path}?{parts.query}"))


def openid(client: Client, connection: SignInConnection, wanted: str = "") -> HttpResponse:
    return arrive(client, back(begin(client, connection, wanted)))


def saml(client: Client, connection: SignInConnection, **changed: Any) -> HttpResponse:
    """There and back, with an answer about Lee, changed as told."""
    answer = answer_to(begin(client, connection))
    return post(client, connection, answer.but(**changed).posted())


def post(client: Client, connection: SignInConnection, posted: str) -> HttpResponse:
    page = f"/accounts/saml/{connection.uid}/acs/"
    onward = client.post(page, {"SAMLResponse": posted, "RelayState": ""})
    return cast(HttpResponse, client.get(onward["Location"]))


def who(client: Client) -> Person | None:
    """Whose session it is."""
    key = client.session.get("_auth_user_id")
    return Person.objects.get(pk=key) if key else None
