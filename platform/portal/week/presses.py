"""What a press on a card answers: the card by htmx, else the page; and where nothing was done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.requests import SignedIn, is_htmx, signed_in
from portal.week.page import Refused, Said, card, page
from reinforcement.actions.own_items import NOT_YOURS, WEEK_IS_OVER
from reinforcement.models import BriefItem
from reinforcement.reports import why_lost, written_to

WRONG, CONFLICT = 400, 409
LOST: Final = {NOT_YOURS, WEEK_IS_OVER}


@dataclass(frozen=True)
class Told:
    """What to show beside what was pressed, and what to say to those who do not see it."""

    words: str = ""
    aloud: str = ""


Write = Callable[[SignedIn, BriefItem], Told]
View = Callable[..., HttpResponseBase]


def press(part: str) -> Callable[[Write], View]:
    """A small action on an item of the reader's own week; a `ValidationError` tells why not.

    404 for what was never theirs. Where the person was moved away, the path withdrawn or the week
    is over by now: 409, with a sentence and what was typed.
    """

    def decorate(write: Write) -> View:
        @require_POST
        @signed_in
        @wraps(write)
        def view(request: SignedIn, uid: UUID) -> HttpResponse:
            item = get_object_or_404(written_to(request.user), uid=uid)
            if why := why_lost(item, now=timezone.now()):
                return _lost(request, item, why)
            try:
                told = write(request, item)
            except ValidationError as error:
                return _refuse(request, item, part, error)
            return _tell(request, item, Said(part, uid, told.words, told.aloud))

        return view

    return decorate


def _tell(request: SignedIn, item: BriefItem, said: Said) -> HttpResponse:
    if is_htmx(request):
        return card(request, item, said=said)
    if said.words:
        messages.success(request, said.words, extra_tags=said.place)
    return redirect(f"{reverse('week')}#{said.place}")


def _refuse(request: SignedIn, item: BriefItem, part: str, error: ValidationError) -> HttpResponse:
    why = " ".join(error.messages)
    if getattr(error, "code", None) in LOST:
        return _lost(request, item, why)
    fields = getattr(error, "error_dict", {})
    refused = Refused(
        part,
        item.uid,
        why,
        note=request.POST.get("note"),
        at_note="note" in fields,
        takes_note_along="with_note" in fields,
    )
    status = WRONG if refused.at_note else CONFLICT
    if is_htmx(request):
        return card(request, item, refused=refused, status=status)
    return page(request, refused=refused, status=status)


def _lost(request: SignedIn, item: BriefItem, why: str) -> HttpResponse:
    choices = item.question.choices.all() if item.question else []
    pressed = request.POST.get("choice")
    lost = {
        "report": item.report,
        "why": why,
        "answer": next((each.label for each in choices if each.value == pressed), ""),
        "note": request.POST.get("note", ""),
        "uid": item.uid,
    }
    if is_htmx(request):
        return card(request, item, lost=lost, status=CONFLICT)
    return render(request, "portal/week_lost.html", {"lost": lost}, status=CONFLICT)
