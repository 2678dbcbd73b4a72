"""The form of a connection. What a provider publishes about itself is read while it is saved."""

import re
from typing import Any, ClassVar

import requests
from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import (
    UnfoldAdminPasswordWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from tenants.people.single_sign_on.discovery import NoProvider, discover
from tenants.people.single_sign_on.fetching import session
from tenants.people.single_sign_on.models import MatchBy, Protocol, SignInConnection
from tenants.people.single_sign_on.saml import NoMetadata, certificates_in, read_metadata

SEPARATOR = re.compile(r"[\s,;]+")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
OPENID = ("issuer", "client_id", "new_secret")
SAML = ("metadata_url", "metadata", "entity_id", "sign_in_url", "certificates")
MATCHING = ("match_by", "claim", "domains", "vouches")
TRIED_WITH = ("issuer", "client_id", "client_secret", *SAML[2:], *MATCHING)
"""Where one of these changes, what was tried is no longer what is set up."""


class NewConnectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What it is called and what it speaks; the rest is asked on its own page."""

    class Meta:
        model = SignInConnection
        fields = ("name", "protocol")
        help_texts: ClassVar = {
            "protocol": "OpenID Connect where the provider has both: it is less to copy."
        }


class ConnectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """Every field of both protocols; the page shows those of its own."""

    new_secret = forms.CharField(
        label="Client secret",
        max_length=500,
        required=False,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="Kept encrypted and never shown. Empty: the one that is stored stays.",
    )
    metadata_url = forms.CharField(
        label="Metadata address",
        max_length=500,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Read once, now. Fills in the three fields below.",
    )
    metadata = forms.CharField(
        label="… or the metadata itself",
        max_length=500_000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3, "spellcheck": "false"}),
        help_text="The whole XML file, pasted.",
    )

    domains = forms.CharField(
        label="E-mail domains",
        max_length=1000,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Only addresses in these are taken from it: acme.example, acme.co.uk.",
    )

    class Meta:
        model = SignInConnection
        fields = ("name", "issuer", "client_id", *SAML[2:], *MATCHING)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["domains"] = ", ".join(self.instance.domains)

    def clean_issuer(self) -> str:
        issuer: str = self.cleaned_data["issuer"].strip().rstrip("/")
        if issuer and issuer != self.instance.issuer:
            try:
                discover(issuer)
            except NoProvider as error:
                raise ValidationError(str(error)) from error
        return issuer

    def clean_certificates(self) -> str:
        text: str = self.cleaned_data["certificates"].strip()
        try:
            found = certificates_in(text)
        except ValueError as error:
            raise ValidationError("One of these is no certificate: copy it again.") from error
        if text and not found:
            raise ValidationError("Copy it from -----BEGIN CERTIFICATE----- on.")
        return text

    def clean_domains(self) -> list[str]:
        domains = {each for each in SEPARATOR.split(self.cleaned_data["domains"].lower()) if each}
        for domain in sorted(domains):
            if not DOMAIN.fullmatch(domain):
                raise ValidationError(
                    f"{domain} is no domain: write what stands after the @, like acme.example."
                )
        return sorted(domains)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._take_metadata()
        if "domains" not in self.errors and "match_by" in self.cleaned_data:
            self._check_matching()
        if self.instance.is_on and not self.errors:
            self._check_complete()
        return self.cleaned_data

    def save(self, commit: bool = True) -> SignInConnection:
        """What was tried is forgotten where something it stood on is another now."""
        if secret := self.cleaned_data.get("new_secret"):
            self.instance.client_secret = secret
        if set(TRIED_WITH) & {*self.changed_data, *(["client_secret"] if secret else [])}:
            self.instance.tried_at, self.instance.tried_by = None, None
        saved: SignInConnection = super().save(commit)
        return saved

    def _take_metadata(self) -> None:
        url = self.cleaned_data.get("metadata_url", "").strip()
        field, xml = "metadata", self.cleaned_data.get("metadata", "").strip()
        try:
            if url and not xml:
                field = "metadata_url"
                xml = _fetch(url)
            if xml:
                found = read_metadata(xml)
                self.cleaned_data.update(found)
                self.changed_data = [*self.changed_data, *found]
        except (NoMetadata, requests.RequestException) as error:
            self.add_error(field, str(error))

    def _check_matching(self) -> None:
        by_address = self.cleaned_data["match_by"] == MatchBy.EMAIL
        if not by_address and not self.cleaned_data.get("claim", "").strip():
            self.add_error("claim", "Say what the provider calls it, as in employee_number.")
        if by_address and not self.cleaned_data["domains"]:
            self.add_error("domains", "Name the domains of your own addresses, like acme.example.")

    def _check_complete(self) -> None:
        needed = SAML[2:] if self.instance.protocol == Protocol.SAML else OPENID[:2]
        for name in needed:
            if not self.cleaned_data.get(name):
                self.add_error(name, "It is on: this is needed. Switch it off first.")


def _fetch(url: str) -> str:
    with session() as asking:
        answer = asking.get(url)
        if not answer.ok:
            raise NoMetadata(
                f"There is no metadata at this address: it answered {answer.status_code}."
            )
        return str(answer.content.decode(errors="replace"))
