"""What every page's frame needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal import navigation
from tenants.companies.colours import shades


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The company with its colours, where its reader can go, and whether that is an operator.

    A query where the page asks for it.
    """
    company = getattr(request, "company", None)
    colour = company.brand_colour if company else ""
    manages = SimpleLazyObject(lambda: navigation.leads_others(request))
    return {
        "company": company,
        "impersonation": getattr(request, "impersonation", None),
        "brand": (shades(colour, "light"), shades(colour, "dark")) if colour else None,
        "manages": manages,
        "places": lambda: navigation.places(request, leads=bool(manages)),
        "own_places": lambda: navigation.own_places(request),
    }
