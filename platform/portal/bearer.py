"""Pages whose address is the authority: who holds the link may do what it is for, and no more."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]

HEADERS = {
    "Referrer-Policy": "no-referrer",  # the address is a secret: no other site may learn it
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


def link_page(view: View) -> View:
    """No session opens, no cookie is read or set, and the address is kept out of the log."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)  # a page may say how long it keeps
        response._has_been_logged = True  # type: ignore[attr-defined]  # Django logs 4xx addresses
        return response

    page.sessionless = True  # type: ignore[attr-defined]  # see ReaderMiddleware
    # The signed token in the address is the authority and no cookie counts, so a forged form
    # could do nothing that the address alone would not; a CSRF cookie would only be one more.
    return csrf_exempt(page)
