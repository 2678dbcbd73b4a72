"""Pausing, resuming, withdrawing and giving back: for one assignment on its page, for many in the
list."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from learning.actions import (
    pause_assignments,
    resume_assignments,
    undo_withdrawal,
    withdraw,
)
from learning.admin.trails import list_of
from learning.models import Assignment

Status = Assignment.Status
MAY = "learning.change_assignment"


CHANGES: dict[str, tuple[Callable[..., list[Assignment]], str]] = {
    "pause": (pause_assignments, "Paused: %s. It goes on where it stood once somebody resumes it."),
    "resume": (
        resume_assignments,
        "Resumed: %s. Of somebody who is away it goes on when they are back.",
    ),
    "withdraw": (
        withdraw,
        "Withdrawn: %s. What was done is kept, and you can give it back here.",
    ),
    "give_back": (undo_withdrawal, "Given back: %s. It stands where it stood."),
}


def possible(assignment: Assignment) -> list[tuple[str, str]]:
    """What can be done about an assignment, as (name, words on the button)."""
    if assignment.status in Assignment.RUNNING:
        return [("pause", "Pause"), ("withdraw", "Withdraw")]
    if assignment.status == Status.PAUSED:
        resume = [("resume", "Resume")] if assignment.pause == Assignment.Pause.HAND else []
        return [*resume, ("withdraw", "Withdraw")]
    return [("give_back", "Give back")] if assignment.status == Status.WITHDRAWN else []


@require_POST
def change_standing(request: HttpRequest, pk: int) -> HttpResponse:
    """One button on the page of an assignment."""
    assignment = get_object_or_404(Assignment, pk=pk)
    change = request.POST.get("change", "")
    if change not in CHANGES:
        return HttpResponseBadRequest("There is no such change.")
    _carry_out(request, change, [assignment])
    return redirect("admin:learning_assignment_change", pk)


def _carry_out(request: HttpRequest, change: str, assignments: Sequence[Assignment]) -> None:
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    act, told = CHANGES[change]
    try:
        with transaction.atomic():
            number = len(act(assignments=assignments))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    left = len(assignments) - number
    words = told % ("1 path" if number == 1 else f"{number} paths")
    if left:
        words += f" For {left} of those you chose there was nothing to do."
    messages.success(request, words)


def _ask(request: HttpRequest, chosen: "QuerySet[Assignment]") -> HttpResponse:
    """Whom it takes a path from, asked once; the answer posts the same choice again."""
    taken = chosen.order_by().filter(status__in=Assignment.OPEN)
    context = {
        **admin.site.each_context(request),
        "title": "Withdraw paths",
        "trail": [list_of(Assignment)],
        "paths": taken.count(),
        "people": taken.values("person").distinct().count(),
        "begun": taken.exclude(status=Status.ASSIGNED).count(),
        "others": chosen.order_by().exclude(status__in=Assignment.OPEN).count(),
        "sent": [
            (name, value)
            for name in ("action", "select_across", "index", "_selected_action")
            for value in request.POST.getlist(name)
        ],
    }
    return TemplateResponse(request, "learning/assignment/withdrawing.html", context)


def _in_list(change: str, words: str) -> Any:
    @admin.action(description=words, permissions=["standing"])
    def act(page: Any, request: HttpRequest, queryset: "QuerySet[Assignment]") -> Any:
        if change == "withdraw" and request.POST.get("sure") != "yes":
            return _ask(request, queryset)
        return _carry_out(request, change, list(queryset))

    act.__name__ = f"{change}_chosen"
    return act


LIST_ACTIONS = [
    _in_list("pause", "Pause"),
    _in_list("resume", "Resume"),
    _in_list("withdraw", "Withdraw, keeping what was done"),
    _in_list("give_back", "Give back what was withdrawn"),
]
