from typing import Any, ClassVar

from allauth.socialaccount.models import SocialAccount, SocialApp
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tenants.companies.encryption import EncryptedTextField
from tenants.companies.identifiers import Identified
from tenants.people.models import Person


class Protocol(models.TextChoices):
    """What the provider speaks; the values are allauth's names."""

    OPENID_CONNECT = "openid_connect", "OpenID Connect"
    SAML = "saml", "SAML 2.0"


class MatchBy(models.TextChoices):
    """By which of their keys somebody is found; the values are fields of `Person`."""

    EMAIL = "email", "E-mail address"
    EXTERNAL_ID = "external_id", "The HRIS's key"
    EMPLOYEE_NUMBER = "employee_number", "Employee number"


class SignInConnection(Identified):
    """An identity provider of the company, and how it tells who somebody is.

    Its uid is in the addresses that are entered there, so it is never made anew.
    """

    name = models.CharField(
        max_length=40,
        unique=True,
        help_text="As people know it. The button reads “Sign in with …”.",
    )
    protocol = models.CharField(max_length=20, choices=Protocol.choices)
    issuer = models.CharField(
        max_length=300,
        blank=True,
        help_text="Where its discovery document is, without /.well-known/openid-configuration: "
        "https://acme.okta.com, or https://login.microsoftonline.com/your-tenant/v2.0.",
    )
    client_id = models.CharField("client ID", max_length=191, blank=True)
    client_secret = EncryptedTextField(blank=True)
    entity_id = models.CharField("entity ID of the provider", max_length=300, blank=True)
    sign_in_url = models.CharField("sign-in address", max_length=500, blank=True)
    certificates = models.TextField(
        blank=True,
        help_text="One or more, each from BEGIN CERTIFICATE to END CERTIFICATE. While the provider "
        "changes its own, both can stand here.",
    )
    match_by = models.CharField(
        "find people by",
        max_length=20,
        choices=MatchBy.choices,
        default=MatchBy.EMAIL,
        help_text="At their first sign-in. From then on the provider's own key for them counts, "
        "whatever else changes.",
    )
    claim = models.CharField(
        max_length=200,
        blank=True,
        help_text="What the provider calls that key: the name of the claim or attribute. Leave it "
        "empty for e-mail addresses.",
    )
    domains = ArrayField(
        models.CharField(max_length=100), blank=True, default=list, verbose_name="e-mail domains"
    )
    vouches = models.BooleanField(
        "addresses need no mark of their own",
        default=False,
        help_text="Take an address that the provider does not mark as verified. Needed for Entra "
        "ID and most SAML. Switch it on only where nobody can set their own address there.",
    )
    is_on = models.BooleanField("on", default=False, editable=False)
    tried_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When a try last went well as it is set up"
    )
    tried_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "sign-in connection"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="sign_in_connection_that_is_on_is_complete",
                condition=Q(is_on=False)
                | Q(protocol=Protocol.OPENID_CONNECT) & ~Q(issuer="") & ~Q(client_id="")
                | Q(protocol=Protocol.SAML)
                & ~Q(entity_id="")
                & ~Q(sign_in_url="")
                & ~Q(certificates=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_complete(self) -> bool:
        """Whether all is there that the protocol needs, and by what people are found."""
        if self.protocol == Protocol.SAML:
            known = bool(self.entity_id and self.sign_in_url and self.certificates)
        else:
            known = bool(self.issuer and self.client_id)
        found_by = self.domains if self.match_by == MatchBy.EMAIL else self.claim
        return known and bool(found_by)

    @property
    def app(self) -> SocialApp:
        """It, as allauth reads such a thing; never stored."""
        secret, options = "", self._openid
        if self.protocol == Protocol.SAML:
            options = self._saml
        else:
            secret = self.client_secret
        return SocialApp(
            provider=self.protocol,
            provider_id=str(self.uid),
            name=self.name,
            client_id=str(self.uid) if self.protocol == Protocol.SAML else self.client_id,
            secret=secret,
            settings=options,
        )

    @property
    def _openid(self) -> dict[str, Any]:
        return {"server_url": self.issuer.rstrip("/"), "oauth_pkce_enabled": True}

    @property
    def _saml(self) -> dict[str, Any]:
        """What python3-saml checks strictly: signature, audience, recipient, times."""
        return {
            "idp": {
                "entity_id": self.entity_id,
                "sso_url": self.sign_in_url,
                "x509cert": self.certificates,
            },
            "advanced": {
                "strict": True,
                "reject_deprecated_algorithm": True,
                "reject_idp_initiated_sso": True,
                "want_name_id": True,
                "want_attribute_statement": False,
                "allow_single_label_domains": True,
            },
        }


class LinkedAccount(SocialAccount):  # type: ignore[misc]
    """Whom a provider's key stands for. Nothing else of what the provider told is kept."""

    objects: ClassVar["models.Manager[LinkedAccount]"]

    class Meta:
        proxy = True
        verbose_name = "linked account"
        ordering = ["user__family_name", "user__given_name", "pk"]
