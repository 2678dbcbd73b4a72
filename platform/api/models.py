import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from api.idempotency.models import KeptAnswer
from api.webhooks.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from tenants.companies.identifiers import Identified

__all__ = [
    "ApiToken",
    "KeptAnswer",
    "Scope",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
    "digest",
]

PREFIX = "tl_"


class Scope(models.TextChoices):
    """What a token may do; each endpoint names the one it needs."""

    PEOPLE_READ = "people:read", "read people"
    PEOPLE_WRITE = "people:write", "push people"
    HOLDINGS_READ = "role-holdings:read", "read roles and who has them"
    HOLDINGS_WRITE = "role-holdings:write", "say who has which role"
    RECORDS_READ = "learning-records:read", "read learning records"
    LEVELS_READ = "skill-levels:read", "read calibrated skill levels"
    ASSIGNMENTS_READ = "assignments:read", "read assignments"
    ASSIGNMENTS_WRITE = "assignments:write", "assign paths"
    WEBHOOKS_READ = "webhooks:read", "read webhooks and what was delivered"
    WEBHOOKS_WRITE = "webhooks:write", "set up webhooks, which send learning records"


def digest(token: str) -> str:
    """What is stored of a token: SHA-256. A token is 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiToken(Identified):
    """A bearer token of one company, for an HRIS or BI system. Shown once, stored as SHA-256."""

    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=30, choices=Scope.choices))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "API token"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_current(self) -> bool:
        """Whether it opens anything: not expired, and whoever issued it still works here."""
        return self.expires_at > timezone.now() and not self.is_orphaned

    @property
    def is_orphaned(self) -> bool:
        """Whoever issued it knew it, and has left; a colleague can take it over."""
        issuer = self.created_by
        return issuer is not None and not issuer.is_active

    @classmethod
    def issue(
        cls, *, name: str, scopes: list[str], expires_at: datetime, created_by: Any = None
    ) -> tuple["ApiToken", str]:
        """A new token and its text, which is nowhere to be read again."""
        text = PREFIX + secrets.token_urlsafe(32)
        token = cls.objects.create(
            name=name,
            digest=digest(text),
            scopes=scopes,
            expires_at=expires_at,
            created_by=created_by,
        )
        return token, text
