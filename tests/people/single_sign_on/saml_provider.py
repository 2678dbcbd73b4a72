"""A SAML provider: answers to what it was asked, signed, and crooked as a test wants it."""

import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4
from xml.sax.saxutils import escape
from zlib import decompress

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from defusedxml.ElementTree import fromstring
from onelogin.saml2.utils import OneLogin_Saml2_Utils

ENTITY, SIGN_IN = "https://idp.acme.example/saml", "https://idp.acme.example/saml/sso"
ADDRESS = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
LASTING = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
EMAIL = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"


@dataclass(frozen=True)
class Pair:
    """A signing key and its certificate, in PEM."""

    key: str
    certificate: str


def new_pair() -> Pair:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.acme.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1000))
        .not_valid_after(now + timedelta(days=1000))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return Pair(pem, certificate.public_bytes(Encoding.PEM).decode())


OURS, NEXT, STRANGERS = new_pair(), new_pair(), new_pair()


def metadata(*pairs: Pair) -> str:
    """What it publishes about itself (SAML Metadata, section 2.4.3)."""
    bodies = ["".join(pair.certificate.splitlines()[1:-1]) for pair in pairs or (OURS,)]
    keys = "".join(
        '<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>'
        f"{body}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        for body in bodies
    )
    return (
        '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" '
        f'xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="{ENTITY}">'
        '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
        f"{keys}<md:SingleSignOnService "
        'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
        f'Location="{SIGN_IN}"/></md:IDPSSODescriptor></md:EntityDescriptor>'
    )


@dataclass(frozen=True)
class Answer:
    """One response. Times are in seconds from now."""

    request_id: str
    recipient: str
    audience: str
    subject: str = "lee-at-acme"
    subject_format: str = LASTING
    attributes: dict[str, str] = field(default_factory=dict)
    issuer: str = ENTITY
    signed_by: Pair | None = OURS
    until: int = 300

    def but(self, **changed: Any) -> "Answer":
        return replace(self, **changed)

    def posted(self) -> str:
        """As a browser posts it (SAML Bindings, section 3.5)."""
        xml = self.xml()
        if self.signed_by:
            signed = OneLogin_Saml2_Utils.add_sign(
                xml, self.signed_by.key, self.signed_by.certificate
            )
            xml = signed.decode() if isinstance(signed, bytes) else signed
        return b64encode(xml.encode()).decode()

    def xml(self) -> str:
        now = datetime.now(UTC)
        at, until = _stamp(now), _stamp(now + timedelta(seconds=self.until))
        before = _stamp(now - timedelta(minutes=2))
        told = "".join(
            f'<saml:Attribute Name="{escape(name)}"><saml:AttributeValue>{escape(value)}'
            "</saml:AttributeValue></saml:Attribute>"
            for name, value in self.attributes.items()
        )
        statement = f"<saml:AttributeStatement>{told}</saml:AttributeStatement>" if told else ""
        answers = f'InResponseTo="{self.request_id}" ' if self.request_id else ""
        return (
            '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
            'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" '
            f'ID="_{uuid4().hex}" Version="2.0" IssueInstant="{at}" {answers}'
            f'Destination="{self.recipient}"><saml:Issuer>{self.issuer}</saml:Issuer>'
            '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>'
            f'</samlp:Status><saml:Assertion ID="_{uuid4().hex}" Version="2.0" IssueInstant="{at}">'
            f"<saml:Issuer>{self.issuer}</saml:Issuer><saml:Subject>"
            f'<saml:NameID Format="{self.subject_format}">{escape(self.subject)}</saml:NameID>'
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f'<saml:SubjectConfirmationData NotOnOrAfter="{until}" {answers}'
            f'Recipient="{self.recipient}"/></saml:SubjectConfirmation></saml:Subject>'
            f'<saml:Conditions NotBefore="{before}" NotOnOrAfter="{until}">'
            f"<saml:AudienceRestriction><saml:Audience>{self.audience}</saml:Audience>"
            "</saml:AudienceRestriction></saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{at}" SessionIndex="_1"><saml:AuthnContext>'
            "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
            "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            f"{statement}</saml:Assertion></samlp:Response>"
        )


def answer_to(location: str, *, email: str = "lee.tanaka@acme.example") -> Answer:
    """The answer to the request in the address a browser was sent to, about this address."""
    packed = parse_qs(urlsplit(location).query)["SAMLRequest"][0]
    root = fromstring(decompress(b64decode(packed), -15))
    return Answer(
        request_id=root.attrib["ID"],
        recipient=root.attrib["AssertionConsumerServiceURL"],
        audience=root[0].text or "",
        attributes={EMAIL: email},
    )


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def serve_saml(subject: str, email: str) -> Iterator[str]:
    """A provider where somebody is signed in: its page posts the answer back. Yields its address.

    On another site than ours, so that cookies and policies matter as they do at real ones.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answer_to(self.path, email=email).but(subject=subject)
            page = (
                f'<!DOCTYPE html><title>Provider</title><form method="post" action="'
                f'{escape(answer.recipient)}"><input type="hidden" name="SAMLResponse" '
                f'value="{answer.posted()}"><button>Continue</button></form>'
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sso"
    finally:
        server.shutdown()
        server.server_close()
