"""What a rule would do, before it is switched on: to whom, why, and with which plan."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from learning.admin.rule_people import recipients, sentence
from learning.admin.rule_switch import CHANGES, carry_out, fingerprint
from learning.admin.trails import trail_to
from learning.framing import Framing
from learning.models import AssignmentRule, Path, Step
from learning.rules.descriptions import description
from learning.rules.preview import Preview, preview
from learning.rules.reach import meant, warning
from learning.rules.templates import sample
from tenants.companies.context import current_company
from tenants.people.models import Person

A_PAGE: Final = 25
NAMED: Final = 30  # of those who are not given it, before "and 12 more"
MANY: Final = 100
"""Whoever gives a path to more people at once says so with a tick."""


@require_http_methods(["GET", "POST"])
def preview_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows what would happen; POST switches on or off, or runs."""
    rules = AssignmentRule.objects.annotate(
        has_steps=Exists(Step.objects.filter(path=OuterRef("path")))
    )
    rule = get_object_or_404(
        rules.select_related("path__role", "outcome").prefetch_related("roles", "departments"),
        pk=pk,
    )
    may_change = request.user.has_perm("learning.change_assignmentrule")
    if not may_change and not request.user.has_perm("learning.view_assignmentrule"):
        raise PermissionDenied
    today = current_company().day_of(timezone.now())
    found = preview(rule, today=today)
    everybody = warning(rule, meant(found))
    gives = len(found.framings)
    asks = (bool(everybody) or gives > MANY) and (gives > 0 or not rule.active)
    context = {"everybody": everybody, "asks": asks, "may_change": may_change}
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if request.POST.get("change") not in CHANGES:
            return HttpResponseBadRequest("There is no such change.")
        try:
            return carry_out(request, rule, asks=asks)
        except ValidationError as error:
            context["error"] = " ".join(error.messages)
    context |= _context(request, rule, found, today)
    return TemplateResponse(request, "learning/rule/preview.html", context)


def _context(
    request: HttpRequest, rule: AssignmentRule, found: Preview, today: date
) -> dict[str, Any]:
    wanted = request.GET.get("q", "").strip()
    named = _named(found.framings, wanted)
    page = Paginator(named, A_PAGE).get_page(request.GET.get("page"))
    first, framing = next(iter(found.framings.items()), (None, sample(rule)))
    return {
        **admin.site.each_context(request),
        "title": f"Preview of “{rule}”",
        "trail": trail_to(rule),
        "here": "Preview",
        "rule": rule,
        "means": capfirst(description(rule)),
        "seen": fingerprint(rule),
        "hindrance": _hindrance(rule),
        "gives": len(found.framings),
        "meant": meant(found),
        "first": first,
        "framing": sentence(framing),
        "people": recipients(rule, found, list(page), sentence(framing), today=today),
        "wanted": wanted,
        "named": len(named),
        "page": page,
        "had_it": _names(found.had_it),
        "waiting": {why: _names(who) for why, who in _by_reason(found.unfilled).items()},
        "been_through": found.been_through,
    }


def _hindrance(rule: Any) -> str:
    """Why the path cannot be given; "" where it can."""
    if rule.path.status != Path.Status.PUBLISHED:
        return f"“{rule.path}” is {rule.path.status}: publish it, or choose another path."
    return "" if rule.has_steps else f"“{rule.path}” has no steps: add some first."


def _named(people: Mapping[Person, Framing], wanted: str) -> list[Person]:
    """Those whose name or address has all the words that were asked for."""
    words = wanted.casefold().split()
    return [
        person
        for person in people
        if all(
            word in f"{person.name} {person.called} {person.email or ''}".casefold()
            for word in words
        )
    ]


def _by_reason(unfilled: Mapping[Person, str]) -> dict[str, list[Person]]:
    grouped: dict[str, list[Person]] = {}
    for person, why in unfilled.items():
        grouped.setdefault(why, []).append(person)
    return grouped


def _names(people: Sequence[Person]) -> dict[str, Any]:
    """How many they are, and the first of them by name."""
    return {
        "number": len(people),
        "names": ", ".join(person.name for person in people[:NAMED]),
        "more": len(people[NAMED:]),
    }
