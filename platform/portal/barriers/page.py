"""What slows us down: a team's barriers in its manager's words, and what L&D does about each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learning.reports import outcomes_of
from portal.barriers.form import BarrierForm
from portal.barriers.stories import story_of
from portal.requests import SignedIn, signed_in
from reinforcement.actions import confirm_barrier
from reinforcement.models import Barrier
from reinforcement.reports import barriers_of
from tenants.companies.context import current_company
from tenants.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def barriers(request: SignedIn) -> HttpResponse:
    """The reader's own; a POST says a new one."""
    form = _form(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and (said := form.save()):
        messages.success(
            request, _("Noted. L&D finds it on its list of barriers."), extra_tags=str(said.uid)
        )
        return _back_to(said)
    return _show(request, form)


@require_POST
@signed_in
def standing(request: SignedIn, uid: UUID) -> HttpResponse:
    """Says of one of the reader's own whether it is gone (``gone``: yes or no)."""
    barrier = get_object_or_404(Barrier, uid=uid, manager=request.user)
    gone = request.POST.get("gone")
    if gone not in ("yes", "no"):
        return HttpResponseBadRequest()
    confirm_barrier(barrier=barrier, gone=gone == "yes", actor=request.user)
    said = (
        _("Good. It is gone, and nobody works on it any more.")
        if gone == "yes"
        else _("Noted: it is there still. L&D is reminded of it today.")
    )
    messages.success(request, said, extra_tags=str(uid))
    return _back_to(barrier)


def _form(person: Person, sent: Any) -> BarrierForm:
    reports = Person.objects.reports_of(person)
    return BarrierForm(person, outcomes_of(reports, today=timezone.localdate()), sent)


def _show(request: SignedIn, form: BarrierForm) -> HttpResponse:
    now = timezone.now()
    today = current_company().day_of(now)
    stories = [story_of(told, today=today) for told in barriers_of(request.user, now=now)]
    context = {
        "open": [story for story in stories if story.barrier.status != Barrier.Status.GONE],
        "gone": [story for story in stories if story.barrier.status == Barrier.Status.GONE],
        "form": form,
    }
    status = 400 if form.is_bound else 200
    return render(request, "portal/barriers/barriers.html", context, status=status)


def _back_to(barrier: Barrier) -> HttpResponse:
    """Where it stands on the page; what is folded opens then."""
    return redirect(f"{reverse('barriers')}#barrier-{barrier.uid}")
