"""The buttons on the page to sign in."""

from dataclasses import dataclass

from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest

from tenants.people.single_sign_on.models import SignInConnection
from tenants.people.single_sign_on.places import sign_in_url


@dataclass(frozen=True)
class Way:
    """A provider people can sign in with, and the link that leads there."""

    name: str
    url: str


def ways_in(request: HttpRequest) -> list[Way]:
    """Those that are on, by name. One query, and no secret is decrypted for it."""
    wanted = get_next_redirect_url(request)
    found = SignInConnection.objects.filter(is_on=True).only("uid", "name", "protocol")
    return [Way(each.name, sign_in_url(each, wanted)) for each in found]
