"""A learner's own path, and each of its steps."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning import receipts
from learning.actions import finish_step, intend, start_step
from learning.markdown import render as markdown
from learning.models import Assignment, PlanStep
from learning.plans import NOT_SEEN
from learning.reports import MyPath, my_paths, plan_steps_of
from portal import reputations
from portal.requests import SignedIn, signed_in
from reinforcement.reports import open_reputation

State = PlanStep.State


@require_safe
@never_cache
@signed_in
def my_path(request: HttpRequest) -> HttpResponse:
    person = cast(SignedIn, request).user
    paths = my_paths(person, today=timezone.localdate())
    shown = [(path, markdown(path.next.plan_step.step.body) if path.next else "") for path in paths]
    completed = Assignment.Status.COMPLETED
    asked = open_reputation(person, now=timezone.now())
    context = {
        **(reputations.about(asked) if asked else {}),
        "open_paths": [(path, body) for path, body in shown if path.assignment.status != completed],
        "completed": [path for path, _body in shown if path.assignment.status == completed],
        "unseen": {path.assignment.pk for path in paths if _has_unseen(path)},
    }
    return render(request, "portal/my_path.html", context)


@require_safe
@never_cache
@signed_in
def step(request: HttpRequest, uid: UUID) -> HttpResponse:
    plan_step = _own(request, uid)
    context = {
        "plan_step": plan_step,
        "assignment": plan_step.assignment,
        "body": markdown(plan_step.step.body),
        "receipt": receipts.sentences([plan_step])[plan_step.pk],
        "running": plan_step.assignment.status in Assignment.RUNNING,
        "manager": cast(SignedIn, request).user.manager,
    }
    return render(request, "portal/step.html", context)


@require_POST
@signed_in
def start(request: HttpRequest, uid: UUID) -> HttpResponse:
    plan_step = _own(request, uid)
    try:
        start_step(plan_step=plan_step, intention=request.POST.get("intention"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("step", uid)


@require_POST
@signed_in
def done(request: HttpRequest, uid: UUID) -> HttpResponse:
    plan_step = _own(request, uid)
    had_won = plan_step.assignment.first_win_at is not None
    try:
        finished = finish_step(plan_step=plan_step, intention=request.POST.get("intention"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("step", uid)
    first_win = finished.assignment.first_win_at is not None and not had_won
    title = {"step": finished.step.title}
    messages.success(
        request,
        _("Done: %(step)s. That is your first win.") % title
        if first_win
        else _("Done: %(step)s.") % title,
    )
    return redirect("my_path")


@require_POST
@signed_in
def intention(request: HttpRequest, uid: UUID) -> HttpResponse:
    plan_step = _own(request, uid)
    try:
        kept = intend(plan_step=plan_step, intention=request.POST.get("intention", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, _("Your line is kept.") if kept.intention else _("Your line is gone.")
        )
    return redirect("step", uid)


def _has_unseen(path: MyPath) -> bool:
    """Whether a step waits only because nobody has seen its skill."""
    waiting = (line.plan_step for line in path.lines if line.plan_step.state == State.TO_DO)
    return any(plan_step.receipt_code == NOT_SEEN for plan_step in waiting)


def _own(request: HttpRequest, uid: UUID) -> PlanStep:
    """One of the reader's own steps, else 404."""
    return get_object_or_404(plan_steps_of(cast(SignedIn, request).user), uid=uid)
