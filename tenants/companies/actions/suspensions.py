"""Switching a company off for a while, and on again. Nothing of it is lost."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context

from tenants.companies.models import Company

Status = Company.Status


def suspend_company(*, company: Company, reason: str, now: datetime | None = None) -> Company:
    """From now on every address of it answers 503, and nothing is sent or done for it.

    Sessions, tokens and links stay, and are good again afterwards. Raises `ValidationError` without
    a reason, and for a company that is not active.
    """
    return _switch(company, Status.ACTIVE, Status.SUSPENDED, reason, now or timezone.now())


def resume_company(*, company: Company, reason: str) -> Company:
    """It answers again. What became due meanwhile is decided by the next tick: whatever is more
    than a day late is marked as missed.

    Raises `ValidationError` without a reason, and for a company that is not suspended.
    """
    return _switch(company, Status.SUSPENDED, Status.ACTIVE, reason, None)


def _switch(
    company: Company, before: str, after: str, reason: str, since: datetime | None
) -> Company:
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError({"reason": "Say why: whoever looks at it later has to know."})
    with schema_context(get_public_schema_name()), transaction.atomic():
        found: Company = Company.objects.select_for_update().get(pk=company.pk)
        if found.status != before:
            raise ValidationError(f"{found} is {found.status}, not {before}.", code="status")
        found.status, found.suspended_because, found.suspended_at = after, reason, since
        found.clean_fields(exclude=["schema_name"])
        found.save(update_fields=["status", "suspended_because", "suspended_at"])
    return found
