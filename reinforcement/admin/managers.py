"""The page "Managers": whom L&D has not talked with for long, and what slows their teams down."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from reinforcement.actions.touchpoints import MAY_NOTE
from reinforcement.admin.days import ago, today
from reinforcement.reports.managers import NOT_SPOKEN_TO_AFTER, managers

MAY = ("reinforcement.view_touchpoint", "reinforcement.view_barrier")
A_PAGE = 50
LONGEST = 100  # characters of a search
SEARCHED = ("given_name", "family_name", "preferred_name", "email", "department__name")
SHOWN = {
    "": "All of them",
    "overdue": f"Not spoken to in {NOT_SPOKEN_TO_AFTER.days} days",
    "barriers": "With open barriers",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A manager of `reports.managers`, and how long ago L&D talked with them; "" for never."""

    manager: Any
    spoken_to: str


@require_safe
def managers_page(request: HttpRequest) -> HttpResponse:
    """Four queries of its own, however many managers."""
    if not request.user.has_perms(MAY):
        raise PermissionDenied
    words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    wanted = request.GET.get("show", "")
    everybody = managers(today=today())
    page = Paginator(_found(everybody, words, wanted), A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Managers",
        "words": words,
        "wanted": wanted,
        "filters": SHOWN.items(),
        "total": everybody.count(),
        "overdue": everybody.filter(is_overdue=True).count(),
        "days": NOT_SPOKEN_TO_AFTER.days,
        "page": page,
        "lines": [Line(each, ago(each.spoken_to_on) if each.spoken_to_on else "") for each in page],
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "may_note": request.user.has_perm(MAY_NOTE),
    }
    return TemplateResponse(request, "reinforcement/managers.html", context)


def _found(everybody: "QuerySet[Any]", words: str, wanted: str) -> "QuerySet[Any]":
    """Those that every word is about."""
    for word in words.split():
        about = Q()
        for field in SEARCHED:
            about |= Q((f"{field}__icontains", word))
        everybody = everybody.filter(about)
    if wanted == "overdue":
        return everybody.filter(is_overdue=True)
    return everybody.filter(open_barriers__gt=0) if wanted == "barriers" else everybody
