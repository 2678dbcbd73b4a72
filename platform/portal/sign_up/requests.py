"""Who may open these pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenants.companies.models import SignUp
from tenants.companies.signing import BadToken

View = Callable[..., HttpResponse]


def where_open(view: View) -> View:
    """Only where everybody may set up a company here; elsewhere a page that says whom to ask."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.SIGN_UP_OPEN:
            return view(request, *args, **kwargs)
        context = {"ask": settings.DEFAULT_FROM_EMAIL}
        return render(request, "portal/sign_up/closed.html", context, status=403)

    return page


def gone_where_unknown(view: View) -> View:
    """Its address carries a token: not ours or too old, it is answered with 404 and a way on.

    The address stays out of the log.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (BadToken, SignUp.DoesNotExist):
            response = render(request, "portal/sign_up/gone.html", status=404)
            response._has_been_logged = True  # type: ignore[attr-defined]  # by Django, whole
            return response

    return page
