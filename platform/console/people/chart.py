"""The org chart: who leads whom, what is to be put right in it, and all of it as a file."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from console.people.cards import Card, in_place, tops
from tenants.companies.attachments import csv_file
from tenants.companies.searching import every_word, words_of
from tenants.people.admin.list_exports import MOST as MOST_ROWS
from tenants.people.auditing import record_event
from tenants.people.auditing.events import Event
from tenants.people.models import Person
from tenants.people.reporting_lines import WIDE, ReportingLines, reporting_lines
from tenants.people.sync.values import as_uid

MAY: Final = "people.view_person"
A_PAGE: Final = 50  # people in a list
SEARCHED: Final = ("given_name", "family_name", "preferred_name", "email", "job_title")
TO_PUT_RIGHT: Final[Mapping[str, Callable[[ReportingLines], list[int]]]] = {
    "without": lambda lines: lines.without_manager,
    "gone": lambda lines: lines.gone,
    "wide": lambda lines: lines.wide,
}
"""Lists of what is to be put right."""


@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The top of the company; one person in their place (``?person=<uid>``); who is called
    something (``?q=``), or what is to be put right (``?show=``). Three queries of its own."""
    _check(request)
    lines = reporting_lines()
    page: dict[str, Any] = {"lines": lines, "wide": WIDE, **_to_put_right(lines)}
    if words := words_of(request.GET):
        keys = _called(words)
        if len(keys) == 1:
            uid = Person.objects.values_list("uid", flat=True).get(pk=keys[0])
            return redirect(f"{reverse('admin:person_chart')}?person={uid}")
        page |= {"words": words, **_listed(request, lines, keys)}
    elif (wanted := request.GET.get("show", "")) in TO_PUT_RIGHT:
        page |= {"wanted": wanted, **_listed(request, lines, TO_PUT_RIGHT[wanted](lines))}
    elif uid := request.GET.get("person", ""):
        page |= {"chosen": in_place(lines, get_object_or_404(Person, uid=as_uid(uid)))}
    else:
        page |= {"tops": tops(lines)}
    context = {**admin.site.each_context(request), "title": _("Org chart"), **page}
    return TemplateResponse(request, "console/people/chart/page.html", context)


@require_safe
def chart_file(request: HttpRequest) -> HttpResponse:
    """Everybody who has not left, with their line upwards, as CSV."""
    _check(request)
    lines = reporting_lines()
    told = f"Exported the org chart of {len(lines.managers):,} people as csv"
    record_event(action=Event.EXPORT, words=told)
    return csv_file("org-chart.csv", _rows(lines))


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(MAY):
        raise PermissionDenied


def _called(words: str) -> list[int]:
    """Who is here and fits every word, by name."""
    found = Person.objects.exclude(employment_status="terminated")
    found = found.filter(every_word(words, SEARCHED))
    return list(found.values_list("pk", flat=True)[:MOST_ROWS])


def _to_put_right(lines: ReportingLines) -> dict[str, Any]:
    """How many there are in each list, and how many report to somebody who left."""
    counts = {name: len(listed(lines)) for name, listed in TO_PUT_RIGHT.items()}
    return {"counts": counts, "left_behind": sum(len(lines.reports[each]) for each in lines.gone)}


def _listed(request: HttpRequest, lines: ReportingLines, keys: list[int]) -> dict[str, Any]:
    """A page of these people, in their order. One query."""
    page = Paginator(keys, A_PAGE).get_page(request.GET.get("page"))
    people = Person.objects.select_related("department", "manager").in_bulk(page.object_list)
    cards = [
        Card(people[each], len(lines.reports.get(each, ())), lines.below.get(each, 0))
        for each in page.object_list
        if each in people
    ]
    return {"page": page, "found": cards, "total": len(keys)}


def _rows(lines: ReportingLines) -> Iterator[list[object]]:
    """Level 1 is the top; the chain starts there and ends with the manager. One query."""
    yield [
        *("Person", "E-mail", "Job title", "Department", "Manager", "Level"),
        *("Direct reports", "Everybody below", "Chain"),
    ]
    wanted = {*lines.managers, *lines.gone}
    people = Person.objects.select_related("department").in_bulk(wanted)
    for key, manager in lines.managers.items():
        person, above = people[key], lines.above(key)
        yield [
            *(person.name, person.email or "", person.job_title, str(person.department or "")),
            f"{people[manager]}{'' if manager in lines.managers else ' (left)'}" if manager else "",
            len(above) + 1,
            len(lines.reports.get(key, ())),
            lines.below.get(key, 0),
            " > ".join(people[each].name for each in above),
        ]
