"""Sign-in by SAML 2.0: allauth's, on python3-saml, strict.

An assertion counts once, in the browser that asked for it (SAML Profiles, section 4.1.4): what
nobody asked for is refused, and so is a key for the person that changes with each sign-in.
"""

import re
from base64 import b64decode
from binascii import Error
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from allauth.core.internal import httpkit
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from allauth.socialaccount.providers.saml.views import FinishACSView
from allauth.socialaccount.sessions import LoginSession
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.http import HttpRequest
from onelogin.saml2.errors import OneLogin_Saml2_ValidationError
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

from tenants.people.single_sign_on.identities import Identity
from tenants.people.single_sign_on.models import Protocol
from tenants.people.single_sign_on.plain import Plain

TRANSIENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
CERTIFICATE: Final = "{http://www.w3.org/2000/09/xmldsig#}X509Certificate"
PEM: Final = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


class NoMetadata(ValueError):
    """It says nothing that could be used; the text says what is missing."""


def certificates_in(text: str) -> list[x509.Certificate]:
    """Those in PEM that stand there (RFC 7468). Raises `ValueError` for what is none."""
    return [x509.load_pem_x509_certificate(block.encode()) for block in PEM.findall(text)]


def read_metadata(xml: str) -> dict[str, str]:
    """What a provider says of itself (SAML Metadata, section 2.4.3), as fields of a connection.

    Raises `NoMetadata`.
    """
    try:
        fromstring(xml.encode())  # what the parser below would resolve is refused here
        found = OneLogin_Saml2_IdPMetadataParser.parse(xml).get("idp", {})
    except (ParseError, DefusedXmlException, ValueError, SyntaxError) as error:
        raise NoMetadata("This is no SAML metadata: copy the whole file.") from error
    several = found.get("x509certMulti", {}).get("signing", [])
    bodies = several or [found[key] for key in ("x509cert",) if key in found]
    entity, place = found.get("entityId"), found.get("singleSignOnService", {}).get("url")
    if not (entity and place and bodies):
        raise NoMetadata(
            "This describes no identity provider that takes redirects: it needs an entity ID, a "
            "sign-in address and a certificate."
        )
    pem = [f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----" for body in bodies]
    return {"entity_id": entity, "sign_in_url": place, "certificates": "\n".join(pem)}


class CompanySAMLProvider(Plain, SAMLProvider):  # type: ignore[misc]
    """One connection's provider."""

    id = Protocol.SAML.value

    def identity(self, response: Any) -> Identity:
        if response.get_nameid_format() == TRANSIENT:
            raise ProviderException("Its NameID is a new one at each sign-in: send a lasting one.")
        subject, known = str(response.get_nameid()), self._extract(response)
        return Identity(
            subject=subject,
            email=str(known.get("email") or (subject if "@" in subject else "")),
            is_verified=known.get("email_verified"),
            claims={"NameID": subject, **response.get_attributes()},
        )


class FinishSignIn(FinishACSView):  # type: ignore[misc]
    """Reads what the provider posted, with the one of its certificates that it names.

    Raises `ProviderException` for what python3-saml stumbles over, too.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **named: Any) -> Any:
        try:
            return super().dispatch(request, *args, **named)
        except (OneLogin_Saml2_ValidationError, SyntaxError, ValueError) as error:
            raise ProviderException(f"Its answer cannot be read: {error}") from error

    def get_provider(self, organization_slug: Any) -> Any:
        provider = super().get_provider(organization_slug)
        known = provider.app.settings["idp"]
        trusted = certificates_in(known["x509cert"])
        named = _named_certificates(self.request)
        chosen = next((each for each in trusted if each in named), trusted[0])
        known["x509cert"] = _pem(chosen)
        return provider


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def _named_certificates(request: HttpRequest) -> list[x509.Certificate]:
    """Those that the waiting response says it is signed with. Nothing is believed of it here."""
    waiting = LoginSession(request, "saml_acs_session", "saml-acs-session").store.get("request")
    if not waiting:
        return []
    posted = httpkit.deserialize_request(waiting, HttpRequest()).POST.get("SAMLResponse", "")
    try:
        root = fromstring(b64decode(posted))
        found = [b64decode(each.text or "") for each in root.iter(CERTIFICATE)]
        return [x509.load_der_x509_certificate(body) for body in found]
    except (Error, ParseError, DefusedXmlException, ValueError):
        return []  # then whoever checks the response says what is wrong with it
