from datetime import datetime, timedelta
from typing import Final

from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from tenants.companies.identifiers import Identified
from tenants.companies.models.companies import Company

SHORTEST_REASON: Final = 10  # characters
LONGEST_MINUTES: Final = 30
LINK_LIFE: Final = timedelta(seconds=60)


class Impersonation(Identified):
    """An operator looks at a company as one of its people: why, and until when at the latest.

    `person` is a uid in the company's schema; who that is, only the company's tables tell. It is
    asked for, opened once within `LINK_LIFE`, and over by itself.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="impersonations")
    person = models.UUIDField()
    operator_email = models.EmailField()
    operator_name = models.CharField(max_length=100, help_text="What a colleague calls them.")
    reason = models.CharField(max_length=300, validators=[MinLengthValidator(SHORTEST_REASON)])
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)]
    )
    asked_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="impersonation_has_a_reason",
                condition=GreaterThanOrEqual(Length("reason"), SHORTEST_REASON),
            ),
            models.CheckConstraint(
                name="impersonation_takes_half_an_hour_at_most",
                condition=Q(minutes__range=(1, LONGEST_MINUTES))
                & (
                    Q(until=None)
                    | Q(until__lte=F("opened_at") + timedelta(minutes=LONGEST_MINUTES))
                ),
            ),
            models.CheckConstraint(
                name="impersonation_opened_has_an_end",
                condition=Q(opened_at__isnull=True, until__isnull=True)
                | Q(opened_at__isnull=False, until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operator_email} at {self.company}"

    def runs(self, now: datetime) -> bool:
        """Whether the session that it opened is good, at that moment."""
        return self.until is not None and self.ended_at is None and now < self.until

    def waits(self, now: datetime) -> bool:
        """Whether its link could still be opened."""
        return not self.opened_at and not self.ended_at and now < self.asked_at + LINK_LIFE
