"""Where a signed-in person can go, and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tenants.people.models import Person


@dataclass(frozen=True)
class Place:
    """A page to go to: the name of its address and of its icon, and what it is called."""

    name: str
    icon: str
    label: str
    here: str = ""
    """``page`` on the page itself, ``true`` on a page below it (WAI-ARIA, aria-current)."""


WITHIN = {
    "team_": "team",
    "person": "team",
    "calibration": "team",
    "step": "my_path",
    "where_am_i_skill": "where_am_i",
    "where_am_i_plan": "where_am_i",
}
"""Addresses below a place: their names, or how these start, and the place's."""


def places(request: HttpRequest, *, leads: bool) -> list[Place]:
    """The pages of whoever reads; `leads`: whether somebody reports to them."""
    manages = [
        ("week", "week", _("This week")),
        ("team", "team", _("My team")),
        ("barriers", "barriers", _("What slows us down")),
    ]
    own = [
        ("my_path", "path", _("My path")),
        ("where_am_i", "where", _("Where am I?")),
    ]
    return _marked([*(manages if leads else []), *own], request)


def leads_others(request: HttpRequest) -> bool:
    """Whether somebody reports to the reader. A query."""
    person = getattr(request, "user", None)
    return isinstance(person, Person) and Person.objects.reports_of(person).exists()


def own_places(request: HttpRequest) -> list[Place]:
    """The pages behind the reader's own name."""
    own = [("my_settings", "", _("My settings")), ("my_data", "", _("My data"))]
    return _marked(own, request)


def _marked(pages: Iterable[tuple[str, str, str]], request: HttpRequest) -> list[Place]:
    match = request.resolver_match
    name = (match.url_name if match else None) or ""
    section = next((place for start, place in WITHIN.items() if name.startswith(start)), name)
    return [
        Place(page, icon, label, "page" if page == name else "true" if page == section else "")
        for page, icon, label in pages
    ]
