"""A person's whole story on one page, as far as whoever reads it may know it."""

from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from console.people.employed import attributes, facts
from console.people.happenings import chips
from console.people.known import known
from tenants.people.admin.people import STATUS_COLOURS
from tenants.people.models import EmploymentStatus, Person

MAY: Final = "people.view_person"
A_PAGE: Final = 50  # happenings


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """What HRIS says, where they stand, and everything that happened, the latest first.

    ``?kind=`` narrows the list to one of `happenings.Kind`. 20 queries at most, however long the
    story is.
    """
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    people = Person.objects.select_related("department", "manager")
    person = get_object_or_404(people, pk=pk)
    parts = known(person, request.user.has_perm)
    kinds = chips(parts.happenings)
    asked = request.GET.get("kind", "")
    wanted = asked if asked in {chip.value for chip in kinds} else ""
    shown = [each for each in parts.happenings if wanted in ("", each.kind)]
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    status = EmploymentStatus(person.employment_status)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": person.name,
        "person": person,
        "status": {"words": capfirst(status.label), "colour": STATUS_COLOURS.get(status, "")},
        "facts": facts(person),
        "attributes": attributes(person),
        "parts": parts,
        "chips": kinds,
        "wanted": wanted,
        "page": page,
        "anchor": "#happened",
    }
    return TemplateResponse(request, "console/people/story/page.html", context)
