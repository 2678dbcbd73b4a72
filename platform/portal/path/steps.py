"""One step of a learner's own path: started, done, taken back, and what they will try."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning import receipts
from learning.actions import can_undo, finish_step, intend, start_step, undo_step
from learning.markdown import render as markdown
from learning.models import Assignment, PlanStep
from learning.reports import plan_steps_of
from portal.path.intentions import IntentionForm
from portal.requests import SignedIn, signed_in

DONE: Final = "done-"
"""Before the step's uid: marks the message whose step can be taken back."""


@require_safe
@never_cache
@signed_in
def step(request: SignedIn, uid: UUID) -> HttpResponse:
    return _show(request, _own(request, uid))


@require_POST
@never_cache
@signed_in
def start(request: SignedIn, uid: UUID) -> HttpResponse:
    plan_step = _own(request, uid)
    try:
        start_step(plan_step=plan_step, intention=request.POST.get("intention"))
    except ValidationError as error:
        return _refuse(request, plan_step, error)
    return redirect("step", uid)


@require_POST
@never_cache
@signed_in
def done(request: SignedIn, uid: UUID) -> HttpResponse:
    plan_step = _own(request, uid)
    had_won = plan_step.assignment.first_win_at is not None
    try:
        finished = finish_step(plan_step=plan_step, intention=request.POST.get("intention"))
    except ValidationError as error:
        return _refuse(request, plan_step, error)
    title, assignment = {"step": finished.step.title}, finished.assignment
    assignment.refresh_from_db(fields=["status", "first_win_at"])
    if assignment.first_win_at is not None and not had_won:
        told = _("Done: %(step)s. That is your first win.") % title
    elif assignment.status == Assignment.Status.COMPLETED:
        told = _("Done: %(step)s. That was the last step of this path.") % title
    else:
        told = _("Done: %(step)s.") % title
    messages.success(request, told, extra_tags=f"{DONE}{uid}")
    return redirect("my_path")


@require_POST
@never_cache
@signed_in
def undo(request: SignedIn, uid: UUID) -> HttpResponse:
    """Takes back that the step is in the `state` it was sent with; goes where it was pressed."""
    plan_step = _own(request, uid)
    try:
        back = undo_step(plan_step=plan_step, state=request.POST.get("state", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        told = _("Taken back: “%(step)s” is as it was before.")
        messages.success(request, told % {"step": back.step.title})
    return redirect("step", uid) if request.POST.get("on") == "step" else redirect("my_path")


@require_POST
@never_cache
@signed_in
def intention(request: SignedIn, uid: UUID) -> HttpResponse:
    plan_step = _own(request, uid)
    try:
        kept = intend(plan_step=plan_step, intention=request.POST.get("intention", ""))
    except ValidationError as error:
        return _refuse(request, plan_step, error)
    messages.success(
        request, _("Your line is kept.") if kept.intention else _("Your line is gone.")
    )
    return redirect("step", uid)


def _refuse(request: SignedIn, plan_step: PlanStep, error: ValidationError) -> HttpResponse:
    """What is wrong with the line stands at its field, as it was typed; the rest on top."""
    form = IntentionForm(plan_step, request.user.manager, request.POST)
    if form.refuse(error):
        return _show(request, plan_step, form=form)
    messages.error(request, " ".join(error.messages))
    return redirect("step", plan_step.uid)


def _show(
    request: SignedIn, plan_step: PlanStep, *, form: IntentionForm | None = None
) -> HttpResponse:
    person, assignment = request.user, plan_step.assignment
    context: dict[str, Any] = {
        "plan_step": plan_step,
        "assignment": assignment,
        "body": markdown(plan_step.step.body),
        "receipt": receipts.sentences([plan_step])[plan_step.pk],
        "running": assignment.status in Assignment.RUNNING,
        "paused": assignment.status == Assignment.Status.PAUSED,
        "undoable": assignment.status != Assignment.Status.PAUSED
        and can_undo(plan_step, person=person, now=timezone.now()),
        "form": form or IntentionForm(plan_step, person.manager),
    }
    return render(request, "portal/step.html", context, status=400 if form else 200)


def _own(request: SignedIn, uid: UUID) -> PlanStep:
    """One of the reader's own steps, else 404."""
    return get_object_or_404(plan_steps_of(request.user), uid=uid)
