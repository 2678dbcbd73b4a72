"""On the company's host: where the link leads, and where it ends."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from console.operator.impersonating import sessions
from console.operator.impersonating.links import read_link
from console.operator.log import note
from console.operator.sign_in import root_url
from tenants.companies.actions import open_impersonation
from tenants.companies.actions.impersonations import LinkUsed
from tenants.companies.context import current_company
from tenants.companies.models import Impersonation
from tenants.people.auditing.acting import name_actor
from tenants.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def entrance(request: HttpRequest, token: str) -> HttpResponse:
    """GET says as whom, why and for how long; POST begins it, once."""
    translation.activate("en")
    asked = read_link(token)
    person = Person.objects.filter(uid=asked.person).first() if asked else None
    if asked is None or person is None or not person.is_active or not asked.waits(timezone.now()):
        return _quiet(render(request, "console/operator/look_gone.html", _way_back(), status=404))
    if request.method != "POST":
        context = {"asked": asked, "person": person}
        return _quiet(render(request, "console/operator/look_entrance.html", context))
    try:
        _begin(request, asked, person)
    except LinkUsed:
        return _quiet(render(request, "console/operator/look_gone.html", _way_back(), status=404))
    return _quiet(redirect("home"))


@require_POST
@never_cache
def end(request: HttpRequest) -> HttpResponse:
    """Ending is the middleware's work; whoever comes here has nothing to end."""
    return redirect("operator_over")


@require_safe
@never_cache
def over(request: HttpRequest) -> HttpResponse:
    translation.activate("en")
    return render(request, "console/operator/look_over.html", _way_back())


def _begin(request: HttpRequest, asked: Impersonation, person: Person) -> None:
    opened = open_impersonation(company=current_company(), uid=asked.uid)
    sessions.begin(request, opened, person)
    name_actor(f"{opened.operator_name} of Throughline")
    words = f"looks as {person} for {opened.minutes} min: {opened.reason}"
    note(
        company=opened.company,
        action="impersonation",
        words=f"{opened.operator_email} {words}",
        operator=None,
    )


def _way_back() -> dict[str, str]:
    return {"console": root_url(reverse("companies", settings.PUBLIC_SCHEMA_URLCONF))}


def _quiet(response: HttpResponse) -> HttpResponse:
    """Its address is a secret, if only for a minute."""
    response["Referrer-Policy"] = "same-origin"
    response._has_been_logged = True  # type: ignore[attr-defined]  # by Django, whole
    return response
