"""Where a connection's sign-in begins."""

from django.urls import reverse
from django.utils.http import urlencode

from tenants.people.single_sign_on.models import Protocol, SignInConnection


def sign_in_url(connection: SignInConnection, wanted: str | None = None) -> str:
    """The link that leads to the provider, and back to `wanted`. Reads no secret."""
    if connection.protocol == Protocol.SAML:
        url = reverse("saml_login", kwargs={"organization_slug": connection.uid})
    else:
        url = reverse("openid_connect_login", kwargs={"provider_id": connection.uid})
    return f"{url}?{urlencode({'next': wanted})}" if wanted else url
