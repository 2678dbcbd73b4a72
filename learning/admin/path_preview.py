"""A path as somebody would get it: their own plan, before it is given, draft or not."""

from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from learning.admin.trails import trail_to
from learning.facts import plans_for
from learning.models import Assignment, Path
from learning.side_by_side import rows_of
from tenants.companies.searching import every_word, words_of
from tenants.people.models import Person
from tenants.people.sync.values import as_uid

MAY: Final = ("learning.view_path", "learning.view_assignment")
FOUND: Final = 12  # people a search shows
SEARCHED: Final = ("given_name", "family_name", "preferred_name", "email", "job_title")


@require_safe
def preview_page(request: HttpRequest, pk: int) -> HttpResponse:
    """``?q=`` finds people, ``?person=`` (a uid) shows the plan of one. Twelve queries at most."""
    if not request.user.has_perms(MAY):
        raise PermissionDenied
    path = get_object_or_404(Path.objects.select_related("role"), pk=pk)
    words = words_of(request.GET)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"“{path}” as somebody gets it",
        "trail": trail_to(path),
        "here": "As somebody gets it",
        "path": path,
        "words": words,
        "people": _found(path, words),
        "may_assign": request.user.has_perm("learning.add_assignment"),
    }
    if wanted := request.GET.get("person"):
        context |= _plan(path, get_object_or_404(Person.objects.at_work(), uid=as_uid(wanted)))
    return TemplateResponse(request, "learning/path/preview.html", context)


def _found(path: Path, words: str) -> "QuerySet[Person]":
    """Those that every word is about; without words, some who hold the path's role."""
    people: QuerySet[Person] = Person.objects.at_work().select_related("department")
    if not words:
        people = people.filter(role_holdings__role=path.role, role_holdings__ends_on=None)
    found = people.filter(every_word(words, SEARCHED))
    return found.order_by("family_name", "given_name", "pk")[:FOUND]


def _plan(path: Path, person: Person) -> dict[str, Any]:
    rows = rows_of(path.pk, plans_for(path, [person.pk]))[person.pk]
    return {
        "person": person,
        "included": [row for row in rows if row.included],
        "aside": [row for row in rows if not row.included],
        "has_it": Assignment.objects.filter(
            path=path, person=person, status__in=Assignment.OPEN
        ).first(),
    }
