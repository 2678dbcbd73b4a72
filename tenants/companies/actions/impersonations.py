"""Operators who look at a company as one of its people. Every call works in ``public``."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context

from tenants.companies.connections import connection
from tenants.companies.models import Company, Impersonation

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class LinkUsed(Exception):
    """It was opened before, or its minute is over."""


def ask_impersonation(
    *,
    company: Company,
    person: UUID,
    operator_email: str,
    operator_name: str,
    reason: str,
    minutes: int,
    now: datetime | None = None,
) -> Impersonation:
    """Write down who wants to look as whom, and why; `open_impersonation` begins it.

    Raises `ValidationError`: without a reason of ten characters, for more than half an hour, at a
    company that is not active, and while this operator looks as somebody already. What waited to be
    opened is given up.
    """
    now = now or timezone.now()
    asked = Impersonation(
        company=company,
        person=person,
        operator_email=operator_email,
        operator_name=operator_name,
        reason=" ".join(reason.split()),
        minutes=minutes,
        asked_at=now,
    )
    with schema_context(get_public_schema_name()), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME, [f"impersonation {operator_email}"])
        asked.full_clean(exclude=["company"])
        if company.status != Company.Status.ACTIVE:
            raise ValidationError(f"{company} is {company.status}: nobody can look at it.")
        for other in Impersonation.objects.filter(operator_email=operator_email, ended_at=None):
            if other.runs(now):
                raise ValidationError("You look as somebody already: end that first.", "running")
            if other.waits(now):
                Impersonation.objects.filter(pk=other.pk).update(ended_at=now)
        asked.save()
    return asked


def open_impersonation(
    *, company: Company, uid: UUID, now: datetime | None = None
) -> Impersonation:
    """Begin it: once, within a minute. Raises `LinkUsed`; and `Impersonation.DoesNotExist`."""
    now = now or timezone.now()
    with schema_context(get_public_schema_name()), transaction.atomic():
        found = (
            Impersonation.objects.select_for_update(of=["self"])
            .select_related("company")
            .get(company=company, uid=uid)
        )
        if not found.waits(now):
            raise LinkUsed
        found.opened_at, found.until = now, now + timedelta(minutes=found.minutes)
        found.save(update_fields=["opened_at", "until"])
    return found


def end_impersonation(*, impersonation: Impersonation, now: datetime | None = None) -> bool:
    """Returns whether it was this call that ended it."""
    now = now or timezone.now()
    with schema_context(get_public_schema_name()):
        ended = Impersonation.objects.filter(pk=impersonation.pk, ended_at=None).update(
            ended_at=min(now, impersonation.until or now)
        )
    return bool(ended)


def find_impersonation(*, company: Company, uid: UUID) -> Impersonation | None:
    """One of this company, whatever became of it. A query."""
    with schema_context(get_public_schema_name()):
        found = Impersonation.objects.select_related("company").filter(company=company, uid=uid)
        return found.first()
