"""The page: a column for each status, and a card moved to another one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods

from reinforcement.actions import move_barrier
from reinforcement.actions.barriers import MAY_CHANGE, MAY_NOTE
from reinforcement.admin.barrier_moves import possible
from reinforcement.admin.board.filters import Wishes, hurt
from reinforcement.admin.days import today
from reinforcement.models import Barrier
from reinforcement.reports.barrier_board import GONE_SINCE, BoardCard, Column, barrier_board

MAY_SEE = "reinforcement.view_barrier"
IN_NOTICE = 60  # characters of the manager's words


@dataclass(frozen=True)
class Refusal:
    """What speaks against moving this barrier."""

    barrier: int
    words: str


@dataclass(frozen=True)
class ShownCard:
    """A card, where it can be moved, and why it was not just now."""

    told: BoardCard
    moves: list[tuple[str, str]]
    refused: str


@dataclass(frozen=True)
class ShownColumn:
    """A column with its cards, and the list's query for all of them."""

    told: Column
    cards: list[ShownCard]
    in_list: str


@require_http_methods(["GET", "HEAD", "POST"])
def board_page(request: HttpRequest) -> HttpResponse:
    """Four queries of its own, however many barriers. A POST moves the one it names; where that is
    refused, the page says so at its card."""
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied
    wishes = Wishes.of(request)
    refused = None
    if request.method == "POST":
        barrier = get_object_or_404(Barrier, pk=_key(request.POST.get("barrier", "")))
        refused = _moved(request, barrier)
        if refused is None:
            return redirect(_at_card(barrier, wishes))
    return _board(request, wishes, refused)


def _moved(request: HttpRequest, barrier: Barrier) -> Refusal | None:
    actor: Any = request.user
    if not actor.has_perm(MAY_CHANGE):
        raise PermissionDenied
    try:
        moved = move_barrier(barrier=barrier, status=request.POST.get("status", ""), actor=actor)
    except ValidationError as error:
        return Refusal(barrier.pk, " ".join(error.messages))
    words = Truncator(moved.words).chars(IN_NOTICE)
    told = f"{moved.get_status_display().capitalize()}: “{words}”."
    if moved.status == Barrier.Status.ADDRESSED and moved.check_back_on is None:
        told += " Choose a day to check back whether it is gone."
    messages.success(request, told)
    return None


def _at_card(barrier: Barrier, wishes: Wishes) -> str:
    """The board with this card in view, and first in its column."""
    query = f"{wishes.query}&" if wishes.query else ""
    page = reverse("admin:reinforcement_barrier_board")
    return f"{page}?{query}moved={barrier.pk}#barrier-{barrier.pk}"


def _board(request: HttpRequest, wishes: Wishes, refused: Refusal | None) -> HttpResponse:
    reader: Any = request.user
    first = refused.barrier if refused else _key(request.GET.get("moved", "0"), missing=0)
    barriers = wishes.fitting(Barrier.objects.all(), reader=reader)
    columns = barrier_board(barriers, today=today(), first=first)
    may_move = reader.has_perm(MAY_CHANGE)
    context = {
        **admin.site.each_context(request),
        "title": "Barriers",
        "wishes": wishes,
        "columns": [
            ShownColumn(
                column,
                [_shown(card, refused, may_move=may_move) for card in column.cards],
                wishes.in_list(column.status, reader=reader),
            )
            for column in columns
        ],
        "total": sum(column.count for column in columns),
        "hurt": hurt(),
        "severities": [(str(value), label) for value, label in Barrier.Severity.choices],
        "gone_days": GONE_SINCE.days,
        "may_move": may_move,
        "may_note": reader.has_perm(MAY_NOTE),
        "may_talk": reader.has_perm("reinforcement.add_touchpoint"),
        "may_see_paths": reader.has_perm("learning.view_path"),
    }
    status = 400 if refused else 200
    return TemplateResponse(request, "reinforcement/board/board.html", context, status=status)


def _shown(card: BoardCard, refused: Refusal | None, *, may_move: bool) -> ShownCard:
    barrier = card.barrier
    moves = [(to, str(Barrier.Status(to).label)) for to, _ in possible(barrier)]
    said = refused.words if refused and refused.barrier == barrier.pk else ""
    return ShownCard(card, moves if may_move else [], said)


def _key(given: str, *, missing: int | None = None) -> int:
    """Raises `Http404` for what is no key, where nothing stands in for it."""
    if given.isascii() and given.isdecimal():
        return int(given)
    if missing is None:
        raise Http404
    return missing
