"""Moving a barrier along: one on its page, many in the list."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from reinforcement.actions import move_barrier
from reinforcement.actions.barriers import MAY_CHANGE
from reinforcement.models import Barrier

Status = Barrier.Status

BUTTONS = {
    Status.HEARD: "Back to heard",
    Status.DESIGNING: "We are designing for it",
    Status.ADDRESSED: "It is addressed",
    Status.GONE: "It is gone",
}
TOLD = {
    Status.HEARD: "Back to heard: %s.",
    Status.DESIGNING: "Designing: %s.",
    Status.ADDRESSED: "Addressed: %s. Choose a day to check back whether it is gone.",
    Status.GONE: "Gone: %s. Nobody is reminded of it any more.",
}


def possible(barrier: Barrier) -> list[tuple[str, str]]:
    """Where a barrier can be moved, as (status, words on the button)."""
    return [(str(to), words) for to, words in BUTTONS.items() if to != barrier.status]


@require_POST
def change_status(request: HttpRequest, pk: int) -> HttpResponse:
    """One button on the page of a barrier."""
    barrier = get_object_or_404(Barrier, pk=pk)
    _carry_out(request, request.POST.get("status", ""), [barrier])
    return redirect("admin:reinforcement_barrier_change", pk)


def _carry_out(request: HttpRequest, status: str, barriers: Sequence[Barrier]) -> None:
    """All of them, or where one is refused none, saying which and why."""
    actor: Any = request.user
    if not actor.has_perm(MAY_CHANGE):
        raise PermissionDenied
    try:
        with transaction.atomic():
            for barrier in barriers:
                last = barrier
                move_barrier(barrier=barrier, status=status, actor=actor)
    except ValidationError as error:
        messages.error(request, f"“{last}”: {' '.join(error.messages)}")
        return
    number = "1 barrier" if len(barriers) == 1 else f"{len(barriers)} barriers"
    messages.success(request, TOLD[Status(status)] % number)


def _in_list(status: Barrier.Status, words: str) -> Any:
    @admin.action(description=words, permissions=["change"])
    def act(page: Any, request: HttpRequest, queryset: "QuerySet[Barrier]") -> None:
        _carry_out(request, status, list(queryset))

    act.__name__ = f"move_to_{status}"
    return act


LIST_ACTIONS = [
    _in_list(Status.HEARD, "Move back to heard"),
    _in_list(Status.DESIGNING, "Move to designing"),
    _in_list(Status.ADDRESSED, "Move to addressed"),
    _in_list(Status.GONE, "Mark as gone"),
]
