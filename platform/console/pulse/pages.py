"""The home page, and a page for each figure of the pulse."""

from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from console.pulse import FIGURES, Figure
from console.pulse.decisions import decisions
from console.pulse.kept import told
from console.pulse.setup import setup
from console.pulse.ways import ways_of
from tenants.companies.actions import hide_setup
from tenants.companies.attachments import csv_file
from tenants.companies.context import current_company

MAY_HIDE_SETUP: Final = "companies.change_company"


def home(request: HttpRequest) -> dict[str, Any]:
    """What the home page shows to this reader. At most fifteen queries, five once it is kept."""
    now, reader = timezone.now(), request.user
    hidden, to_do = current_company().setup_hidden, setup(reader)
    found = told([figure for figure in FIGURES if figure.is_for(reader)], now=now)
    return {
        "decisions": decisions(reader, now=now),
        "setup": None if hidden else to_do,
        "setup_hidden": hidden and to_do is not None,
        "may_hide_setup": reader.has_perm(MAY_HIDE_SETUP),
        "ways": [] if found else ways_of(reader),
        "pulse": [
            (each, reader.has_perm(each.figure.way.may)) for each in found if each.shown.tables
        ],
        "coming": [each for each in found if not each.shown.tables],
        "as_of": min((each.as_of for each in found), default=None),
    }


@require_POST
def setup_shown(request: HttpRequest, change: str) -> HttpResponse:
    """Hides the checklist for getting started for the whole company, or shows it again."""
    if not request.user.has_perm(MAY_HIDE_SETUP):
        raise PermissionDenied
    if change not in ("hide", "show"):
        raise Http404
    hide_setup(company=current_company(), hidden=change == "hide")
    return redirect("admin:index")


@require_safe
def figure_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One figure, large, with everything there is to know about it."""
    figure = _find(request, slug)
    [found] = told([figure], now=timezone.now())
    context = {
        **admin.site.each_context(request),
        "title": figure.name,
        "trail": [("Home", reverse("admin:index"))],
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
