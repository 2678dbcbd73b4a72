"""Pages whose address is the authority: who holds the link may do what it is for, and no more."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from reinforcement.links import BadToken, DeadLink

View = Callable[..., HttpResponse]

METHODS = ("GET", "HEAD", "POST")
HEADERS = {
    "Referrer-Policy": "no-referrer",  # the address is a secret: no other site may learn it
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


def link_page(dead: str) -> Callable[[View], View]:
    """To read and to send. No session opens, no cookie is read or set, and the address is kept
    out of the log.

    `dead` is the template for a link that the view finds to be bad (404) or dead (410).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except BadToken:
                return render(request, dead, {"unknown": True}, status=404)
            except DeadLink as reason:
                return render(request, dead, {"reason": reason}, status=410)

        return _sessionless(_page(opened, METHODS, HEADERS))

    return decorate


def safe_link_page(view: View) -> View:
    """The same, to read only."""
    return _sessionless(_page(view, ("GET", "HEAD"), HEADERS))


def welcome_page(view: View) -> View:
    """To choose a password and be signed in. Its address is kept out of the log, too.

    As it opens a session, forms are protected as everywhere, for which browsers have to say where
    a form comes from: to our own pages only.
    """
    return _page(view, METHODS, {**HEADERS, "Referrer-Policy": "same-origin"})


def _page(view: View, methods: tuple[str, ...], headers: Mapping[str, str]) -> View:
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = HttpResponseNotAllowed(methods)  # Django's own would log it
        try:
            if request.method in methods:
                response = view(request, *args, **kwargs)
        except Exception:
            request.path = "(the address of a link)"  # Django writes it beside the traceback
            raise
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response._has_been_logged = True  # type: ignore[attr-defined]  # Django logs 4xx addresses
        return response

    return page


def _sessionless(page: View) -> View:
    page.sessionless = True  # type: ignore[attr-defined]  # see ReaderMiddleware
    # The signed token in the address is the authority and no cookie counts, so a forged form
    # could do nothing that the address alone would not; a CSRF cookie would only be one more.
    return csrf_exempt(page)
