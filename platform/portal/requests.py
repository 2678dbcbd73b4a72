"""What a request is once its reader is known, and what becomes of one whose reader is not."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portal import kept
from tenants.people.models import Person

P = ParamSpec("P")


class SignedIn(HttpRequest):
    """A request behind `signed_in` on a company's host."""

    user: Person


def signed_in(
    view: Callable[Concatenate[SignedIn, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For people of the company; everybody else is asked to sign in first.

    What they typed into a form with its reader's stamp (parts/form_token.html) waits at `again`.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        if request.method == "POST":
            kept.forget_sent(request)
        return view(cast(SignedIn, request), *args, **kwargs)

    vars(page)["behind_sign_in"] = True
    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], page)


def page_before(request: HttpRequest) -> str:
    """The page of ours that a form stood on, as its browser says; else the home page."""
    said = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}, request.is_secure()):
        return reverse("home")
    parts = urlsplit(said)
    try:
        resolve(parts.path)
    except Resolver404:
        return reverse("home")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_htmx(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]  # by django-htmx's middleware


def go_whole(address: str, *, status: int) -> HttpResponse:
    """Tell htmx to open a whole page instead of swapping a part (its header HX-Redirect)."""
    return HttpResponse(status=status, headers={"HX-Redirect": address})


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Back where they were going; a POST cannot be repeated by a link, so to `again` or before."""
    after = request.get_full_path()
    if is_htmx(request) or request.method == "POST":
        after = page_before(request)
    if request.method == "POST":
        words = kept.words_of(request, page=after)
        if words and kept.keep(request, words):
            after = reverse("again")
            told = _("You had been signed out. What you wrote is kept: sign in, and send it then.")
            messages.info(request, told)
    answer = redirect_to_login(after)
    return go_whole(answer["Location"], status=401) if is_htmx(request) else answer
