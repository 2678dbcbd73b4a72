"""Every company at a glance: how large it is, how it does, and what is wrong."""

from collections.abc import Callable
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from console.operator.columns import HEADINGS, rows_of
from console.operator.overviews import Overview, overviews_of
from console.operator.requests import Operating, operators_only
from tenants.companies.attachments import csv_file
from tenants.companies.models import Company
from tenants.companies.searching import every_word, words_of

A_PAGE: Final = 50
ORDERS: Final = {
    "name": ("by name", ["name", "pk"]),
    "newest": ("newest first", ["-created_at", "-pk"]),
    "status": ("by status", ["status", "name", "pk"]),
}
Measure = Callable[[Overview], Any]
MEASURES: Final[dict[str, tuple[str, Measure]]] = {
    "trouble": ("with trouble first", lambda each: len(each.troubles)),
    "people": ("largest first", lambda each: each.figures.people if each.figures else -1),
}
"""Orders by what only the companies' own tables tell."""


@require_safe
@operators_only
def companies(request: Operating) -> HttpResponse:
    """Nine queries, however many companies are on the page; in an order by figures, one more for
    each hundred companies there are."""
    words, status, order = _asked(request)
    found = _found(words, status)
    by_figures = order in MEASURES
    everything: Any = (
        _measured(list(found), MEASURES[order][1])
        if by_figures
        else found.order_by(*ORDERS[order][1])
    )
    page = Paginator(everything, A_PAGE).get_page(request.GET.get("page"))
    shown = list(page) if by_figures else overviews_of(list(page), now=timezone.now())
    context = {
        "overviews": shown,
        "page": page,
        "words": words,
        "status": status,
        "order": order,
        "statuses": Company.Status.values,
        "orders": [(key, label) for key, (label, _) in {**ORDERS, **MEASURES}.items()],
    }
    return render(request, "console/operator/companies.html", context)


@require_safe
@operators_only
def download(request: Operating) -> HttpResponse:
    """The same companies as a file; a query more for each hundred."""
    words, status, order = _asked(request)
    now = timezone.now()
    if order in MEASURES:
        found = _measured(list(_found(words, status)), MEASURES[order][1])
    else:
        found = overviews_of(list(_found(words, status).order_by(*ORDERS[order][1])), now=now)
    name = f"companies-{timezone.localdate(now).isoformat()}.csv"
    return csv_file(name, [HEADINGS, *rows_of(found)])


def _asked(request: Operating) -> tuple[str, str, str]:
    """The words, the status and the order that the address asks for; what it cannot be is left."""
    status, order = request.GET.get("status", ""), request.GET.get("order", "")
    return (
        words_of(request.GET),
        status if status in Company.Status.values else "",
        order if order in {**ORDERS, **MEASURES} else "name",
    )


def _found(words: str, status: str) -> QuerySet[Company]:
    found = Company.objects.all()
    found = found.filter(every_word(words, ("name", "slug")))
    return found.filter(status=status) if status else found


def _measured(companies: list[Company], measure: Measure) -> list[Overview]:
    everything = overviews_of(companies, now=timezone.now())
    return sorted(everything, key=lambda each: (-measure(each), each.company.name.casefold()))
