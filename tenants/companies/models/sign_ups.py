from typing import Final

from django.conf import settings
from django.db import models

from tenants.companies.identifiers import Identified
from tenants.companies.models.companies import (
    Company,
    validate_slug,
    validate_slug_is_free,
    validate_time_zone,
)

MOST_TRIES: Final = 5
"""So many wrong codes, and only another code helps."""


class SignUp(Identified):
    """Somebody who wants a company here: what they told, and whether the address is theirs.

    It is forgotten some days after, whatever came of it; the company stays.
    """

    email = models.EmailField()
    company_name = models.CharField(max_length=100)
    slug = models.CharField(max_length=40, validators=[validate_slug, validate_slug_is_free])
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    locale = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(max_length=50, default="UTC", validators=[validate_time_zone])
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_expires_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="How often the code was given wrongly."
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    company = models.OneToOneField(
        Company, null=True, editable=False, on_delete=models.CASCADE, related_name="sign_up"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "sign-up"
        constraints = [
            models.CheckConstraint(
                name="sign_up_confirmed_before_company",
                condition=models.Q(company=None) | models.Q(confirmed_at__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["created_at"], name="sign_up_age")]

    def __str__(self) -> str:
        return f"{self.company_name} ({self.email})"
