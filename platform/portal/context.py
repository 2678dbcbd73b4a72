"""What every page's frame needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tenants.people.models import Person


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The company, and whether the reader manages somebody (a query only where it is asked)."""
    company = getattr(request, "company", None)
    return {"company": company, "manages": SimpleLazyObject(lambda: _manages(request))}


def _manages(request: HttpRequest) -> bool:
    person = getattr(request, "user", None)
    return isinstance(person, Person) and Person.objects.reports_of(person).exists()
