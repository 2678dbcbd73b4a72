from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from reinforcement.actions.touchpoints import MAY_NOTE
from reinforcement.admin.days import today
from reinforcement.admin.managers.lines import lines_of
from reinforcement.admin.managers.quick import LONGEST, QuickForm
from reinforcement.admin.managers.wishes import MAY_SEE, SHOWN, Wishes, departments, headings
from reinforcement.models import Touchpoint
from reinforcement.reports.managers import NOT_SPOKEN_TO_AFTER, managers
from tenants.people.models import Person

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def managers_page(request: HttpRequest) -> HttpResponse:
    """Six queries of its own, however many managers. A POST notes a touchpoint with the manager it
    names; what is wrong with it is said in their row."""
    if not request.user.has_perms(MAY_SEE):
        raise PermissionDenied
    wishes = Wishes.of(request)
    form = _sent(request) if request.method == "POST" else None
    if form and (talk := form.keep()):
        messages.success(request, _noted(talk))
        page = reverse("admin:reinforcement_managers")
        number = request.GET.get("page", "")
        query = f"{wishes.query}&page={number}" if number.isdecimal() else wishes.query
        return redirect(f"{page}?{query}#manager-{talk.manager_id}")
    return _page(request, wishes, form)


def _sent(request: HttpRequest) -> QuickForm:
    actor: Any = request.user
    if not actor.has_perm(MAY_NOTE):
        raise PermissionDenied
    key = request.POST.get("manager", "")
    manager = get_object_or_404(Person, pk=int(key) if key.isascii() and key.isdecimal() else 0)
    return QuickForm(manager, actor, request.POST)


def _noted(talk: Touchpoint) -> str:
    return format_html(
        'Noted: you talked with {} today. <a class="font-medium underline" href="{}">Open it</a>',
        talk.manager.name,
        reverse("admin:reinforcement_touchpoint_change", args=[talk.pk]),
    )


def _page(request: HttpRequest, wishes: Wishes, form: QuickForm | None) -> HttpResponse:
    everybody = managers(today=today())
    page = Paginator(wishes.found(), A_PAGE).get_page(request.GET.get("page"))
    lines = lines_of(page, form=form)
    if form and not any(line.form for line in lines):  # not in view: at the top, then
        for said in form.errors.values():
            messages.error(request, f"{form.manager.name}: {' '.join(map(str, said))}")
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Managers",
        "wishes": wishes,
        "filters": SHOWN.items(),
        "departments": departments(),
        "headings": headings(wishes),
        "total": everybody.count(),
        "overdue": everybody.filter(is_overdue=True).count(),
        "days": NOT_SPOKEN_TO_AFTER.days,
        "page": page,
        "lines": lines,
        "may_note": request.user.has_perm(MAY_NOTE),
        "longest": LONGEST,
    }
    status = 400 if form else 200
    return TemplateResponse(request, "reinforcement/managers.html", context, status=status)
