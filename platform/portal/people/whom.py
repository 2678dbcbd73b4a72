"""Whom a page is about: somebody who reports to the reader, at any depth."""

from collections.abc import Callable
from functools import wraps
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from portal.requests import SignedIn, signed_in
from tenants.people.models import Person

TYPED: Final = {"context": _("Where you saw it"), "because": _("Why it would help")}
LONGEST_NAME: Final = 100  # characters


def below(reader: Person, uid: UUID) -> Person | None:
    """Who has this uid in the reader's organisation and has not left. One query."""
    team = Person.objects.led_by(reader).select_related("department", "manager")
    found: Person | None = team.filter(uid=uid).first()
    return found


def about_a_report(
    view: Callable[[SignedIn, Person], HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """For what is sent about a report; about anybody else it is told that nothing was recorded."""

    @require_POST
    @signed_in
    @wraps(view)
    def act(request: SignedIn, uid: UUID) -> HttpResponse:
        person = below(request.user, uid)
        return moved_away(request) if person is None else view(request, person)

    return act


def moved_away(request: HttpRequest) -> HttpResponse:
    """404 with a sentence, and with the words that were sent, to copy.

    The name is the one the page was read with (its field ``about``): of somebody in another team
    nothing is looked up.
    """
    typed = [(label, request.POST.get(field, "").strip()) for field, label in TYPED.items()]
    context = {
        "name": request.POST.get("about", "").strip()[:LONGEST_NAME],
        "typed": [(label, text) for label, text in typed if text],
    }
    return render(request, "portal/person/moved_away.html", context, status=404)
