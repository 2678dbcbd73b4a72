"""This week: whom a manager talks with, about what, and one question each."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.changes import told
from portal.requests import SignedIn
from reinforcement.actions import answer
from reinforcement.models import Choice
from reinforcement.reports import items_of, this_week


@require_safe
@never_cache
@login_required
def week(request: HttpRequest) -> HttpResponse:
    report = this_week(cast(SignedIn, request).user, now=timezone.now())
    return render(request, "portal/week.html", {"week": report})


@require_POST
@login_required
def answer_item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answers one question of one's own brief; what that changed is told beside it."""
    person = cast(SignedIn, request).user
    item = get_object_or_404(items_of(person), uid=uid)
    choice = get_object_or_404(Choice, question=item.question, value=request.POST.get("choice", ""))
    try:
        result = answer(item=item, choice=choice, via="portal", actor=person)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, told(item.report, result.moved), extra_tags=str(item.uid))
    return redirect(f"{reverse('week')}#about-{item.uid}")
