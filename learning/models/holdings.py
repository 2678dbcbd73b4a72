from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value

from learning.models.roles import Role
from tenants.companies.identifiers import Identified


def _closed(kind: str, first: str, last: str) -> Func:
    """A PostgreSQL range that holds both its ends; without a last one it never ends."""
    return Func(F(first), F(last), Value("[]"), function=kind)


class RoleHoldingQuerySet(models.QuerySet["RoleHolding"]):
    def current(self, today: date) -> Self:
        """Begun, and not over yet: the last day is still part of it."""
        not_over = Q(ends_on=None) | Q(ends_on__gte=today)
        return self.filter(not_over, starts_on__lte=today)


class RoleHolding(Identified):
    """A person has a role from a day on; ended, it stays as history."""

    class Source(models.TextChoices):
        HAND = "hand", "by hand"
        API = "api", "by API"
        RULE = "rule", "by a rule"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_holdings"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="holdings")
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)
    source = models.CharField(max_length=4, choices=Source.choices, default=Source.HAND)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RoleHoldingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="role_holding_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="The last day is before the first one.",
            ),
            # Ranges of one number stand for the keys: so it needs no extension. Two open holdings
            # overlap, whenever they start, so that there is at most one.
            ExclusionConstraint(
                name="role_holding_does_not_overlap",
                expressions=[
                    (_closed("int8range", "person", "person"), RangeOperators.OVERLAPS),
                    (_closed("int8range", "role", "role"), RangeOperators.OVERLAPS),
                    (_closed("daterange", "starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="They hold this role already in that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            # said here too: PostgreSQL cannot even compare a range that runs backwards
            raise ValidationError({"ends_on": "The last day is before the first one."})
