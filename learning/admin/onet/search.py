"""Occupations by title, each with its way to a role."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from learning.admin.onet.pages import show, tables_here
from learning.models import Occupation, Role
from tenants.companies.searching import words_of

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """An occupation found, and the role (id) that was started from it, if any."""

    occupation: Occupation
    core_tasks: int
    role: int | None


def search(request: HttpRequest) -> HttpResponse:
    tables = tables_here()
    if tables is None:
        return redirect("admin:learning_onet_tables")
    words = words_of(request.GET)
    found = Occupation.objects.matching(words).with_core_tasks()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "search",
        tables=tables,
        words=words,
        page=page,
        lines=_lines(page),
    )


def _lines(page: "Page[Any]") -> list[Line]:
    codes = [occupation.code for occupation in page]
    roles = dict(
        Role.objects.filter(occupation_code__in=codes).values_list("occupation_code", "pk")
    )
    return [
        Line(occupation, occupation.core_tasks, roles.get(occupation.code)) for occupation in page
    ]
