"""A page of the admin site that somebody may not open: why, and who can help."""

from typing import Final

from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse

from tenants.people.access import MEANS, Access, access_of, owners
from tenants.people.models import Person

SOME: Final = 3  # named at most
WHOSE: Final = {
    "people": Access.HRIS,
    "api": Access.HRIS,
    "auth": Access.OWNER,
    "auditing": Access.OWNER,
}
"""Whose work the pages below an address are; all others are L&D's."""


def refuse(request: HttpRequest, context: dict[str, object]) -> TemplateResponse:
    """403, within the admin's own frame. Three queries more than any page."""
    reader = request.user
    assert isinstance(reader, Person)  # noqa: S101  # anybody else is at the door
    area = request.path.removeprefix("/admin/").partition("/")[0]
    whose = WHOSE.get(area, Access.LEARNING)
    access = access_of(reader)
    page = {
        **context,
        "title": "You may not open this page",
        "access": access,
        "means": MEANS[access],
        "whose": whose,
        "colleagues": _who_does(whose, but=reader),
        "owners": list(owners()[:SOME]),
    }
    return TemplateResponse(request, "console/refused_page.html", page, status=403)


def _who_does(whose: Access, *, but: Person) -> list[Person]:
    """Who could do it for them; owners are named anyway."""
    there = Person.objects.at_work().filter(Q(groups__name=whose), is_staff=True)
    return list(there.exclude(pk=but.pk)[:SOME]) if whose != Access.OWNER else []
