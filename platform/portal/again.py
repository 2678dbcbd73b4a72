"""Words that could not be sent are shown once more, with one button that sends them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal import kept
from portal.kept import Words
from portal.requests import SignedIn, go_whole, is_htmx, page_before, signed_in
from tenants.people.models import Person
from tenants.people.readers import written_for


@dataclass(frozen=True)
class Said:
    """One thing that was typed, and what its field asks for ("" where we have no name)."""

    label: str
    text: str


@require_safe
@never_cache
@signed_in
def again(request: SignedIn) -> HttpResponse:
    """For the person who typed it; there is nothing here for anybody else."""
    words = kept.kept_for(request, request.user)
    if words is None:
        return redirect("home")
    return _show(request, words, why="signed_out")


def csrf_failure(request: SignedIn, reason: str = "") -> HttpResponse:
    """A form of before another sign-in: its own reader sees what it said, and sends it anew.

    Only where the browser vouches that the form was ours; anybody else is told to load it again.
    """
    person = request.user
    words = kept.words_of(request, page=page_before(request)) if _came_from_us(request) else None
    if words is None or not isinstance(person, Person) or words.reader != str(person.uid):
        return render(request, "403_csrf.html", status=403)
    if is_htmx(request) and kept.keep(request, words):
        return go_whole(reverse("again"), status=403)
    with written_for(person):
        return _show(request, words, why="out_of_date", status=403)


def said_in(words: Words) -> list[Said]:
    """What a person wrote, without what buttons and lists sent along."""
    labels = {
        "intention": _("What you will try at work"),
        "note": _("Your note"),
        "words": _("In your words"),
        "context": _("Where you saw it"),
        "because": _("Why this path"),
    }
    return [
        Said(labels.get(name, ""), value.strip())
        for name, value in words.fields
        if value.strip() and (name in labels or " " in value.strip())
    ]


def _show(request: HttpRequest, words: Words, *, why: str, status: int = 200) -> HttpResponse:
    context = {"words": words, "said": said_in(words), "why": why}
    return render(request, "portal/again.html", context, status=status)


def _came_from_us(request: HttpRequest) -> bool:
    """Sec-Fetch-Site and Origin (Fetch Metadata; RFC 6454), for a page that takes such forms."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    ours = f"{request.scheme}://{request.get_host()}"
    if request.method != "POST" or (site or "same-origin") != "same-origin":
        return False
    if (origin or ours) != ours or not (site or origin):
        return False
    try:
        match = resolve(request.path)
    except Resolver404:
        return False
    return bool(getattr(match.func, "behind_sign_in", False))
