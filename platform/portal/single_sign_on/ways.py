"""The buttons on the page to sign in."""

from dataclasses import dataclass

from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from tenants.people.single_sign_on.models import Protocol, SignInConnection


@dataclass(frozen=True)
class Way:
    """A provider people can sign in with, and the link that leads there."""

    name: str
    url: str


def ways_in(request: HttpRequest) -> list[Way]:
    """Those that are on, by name. One query."""
    found = SignInConnection.objects.filter(is_on=True)
    return [Way(each.name, _url(each, get_next_redirect_url(request))) for each in found]


def _url(connection: SignInConnection, wanted: str | None) -> str:
    if connection.protocol == Protocol.SAML:
        url = reverse("saml_login", kwargs={"organization_slug": connection.uid})
    else:
        url = reverse("openid_connect_login", kwargs={"provider_id": connection.uid})
    return f"{url}?{urlencode({'next': wanted})}" if wanted else url
