"""How long ago something was, on the company's calendar."""

from datetime import date

from django.utils import timezone

from tenants.companies.context import current_company


def today() -> date:
    return current_company().day_of(timezone.now())


def ago(day: date) -> str:
    """``today``, ``yesterday`` or ``34 days ago``, which is not torn apart."""
    days = (today() - day).days
    return {0: "today", 1: "yesterday"}.get(
        days, f"{days}\N{NO-BREAK SPACE}days\N{NO-BREAK SPACE}ago"
    )
