"""Who may open the console: people of ``public`` who are marked as operators."""

import zoneinfo
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from tenants.companies.models import Company
from tenants.people.models import Person

P = ParamSpec("P")


class Operating(HttpRequest):
    """A request behind `operators_only`, on the root domain."""

    user: Person


def is_operator(person: object) -> bool:
    """Whether somebody who is signed in on the root domain runs this installation."""
    return (
        isinstance(person, Person) and person.is_active and person.is_staff and person.is_superuser
    )


def operators_only(
    view: Callable[Concatenate[Operating, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Whoever is not signed in is asked to; for anybody else there is nothing here."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        translation.activate("en")
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        if not is_operator(request.user):
            raise Http404
        operating = cast(Operating, request)
        with timezone.override(zoneinfo.ZoneInfo(operating.user.time_zone or "UTC")):
            return view(operating, *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], page)


def company_named(slug: str) -> Company:
    """Raises `Http404`. One query."""
    company = Company.objects.filter(slug=slug).first()
    if company is None:
        raise Http404
    return company


def is_htmx(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]  # by django-htmx's middleware


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Back to the page they wanted; where they sent something, to the list."""
    wanted = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("companies")
    if is_htmx(request):
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    return redirect_to_login(wanted, reverse("account_login"))
