"""The home page, and a page for each figure of the pulse."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from console.pulse import FIGURES, Figure
from console.pulse.decisions import decisions
from console.pulse.kept import told
from console.pulse.setup import setup
from tenants.companies.attachments import csv_file


def home(request: HttpRequest) -> dict[str, Any]:
    """What the home page shows to this reader. At most fifteen queries, five once it is kept."""
    now, reader = timezone.now(), request.user
    found = told([figure for figure in FIGURES if figure.is_for(reader)], now=now)
    return {
        "decisions": decisions(reader, now=now),
        "setup": setup(reader),
        "pulse": [
            (each, reader.has_perm(each.figure.way.may)) for each in found if each.shown.tables
        ],
        "coming": [each for each in found if not each.shown.tables],
        "as_of": min((each.as_of for each in found), default=None),
    }


@require_safe
def figure_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One figure, large, with everything there is to know about it."""
    figure = _find(request, slug)
    [found] = told([figure], now=timezone.now())
    context = {
        **admin.site.each_context(request),
        "title": figure.name,
        "found": found,
        "may_act": request.user.has_perm(figure.way.may),
    }
    return TemplateResponse(request, "console/pulse/figure.html", context)


@require_safe
def figure_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Its tables as CSV, one below the other."""
    figure = _find(request, slug)
    [found] = told([figure], now=timezone.now())
    lines = [line for table in found.shown.tables for line in ([table.name], *table.lines, [])]
    return csv_file(f"{figure.slug}-{found.as_of:%Y-%m-%d}.csv", lines)


def _find(request: HttpRequest, slug: str) -> Figure:
    figure = next((each for each in FIGURES if each.slug == slug), None)
    if figure is None:
        raise Http404
    if not figure.is_for(request.user):
        raise PermissionDenied
    return figure
