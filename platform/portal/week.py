"""This week: whom a manager talks with, about what, and one question each."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.changes import told
from portal.requests import SignedIn, signed_in
from reinforcement.actions import answer, hold_conversation, write_note
from reinforcement.actions.answers import LONGEST_NOTE as BESIDE_AN_ANSWER
from reinforcement.actions.conversations import LONGEST_NOTE as ABOUT_A_TALK
from reinforcement.models import BriefItem, Choice
from reinforcement.reports import items_of, talk_about, this_week
from tenants.people.models import Person

ANSWER, TALK = "answer", "talk"


@dataclass(frozen=True)
class Refused:
    """A note that was not kept: the id of its field, what was typed, and why."""

    field: str
    note: str
    why: str


@require_safe
@never_cache
@signed_in
def week(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@signed_in
def answer_item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answers one question of one's own brief; what that changed is told beside it."""
    person, item = _mine(request, uid)
    choice = get_object_or_404(Choice, question=item.question, value=request.POST.get("choice", ""))
    note = request.POST.get("note")
    try:
        result = answer(item=item, choice=choice, via="portal", actor=person, note=note)
    except ValidationError as error:
        return _refuse(request, item, ANSWER, error)
    messages.success(request, told(item.report, result.moved), extra_tags=str(uid))
    return _back_to("about", item)


@require_POST
@signed_in
def talk(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Notes that the two talked, today, with a note of one's own where one was written."""
    person, item = _mine(request, uid)
    note = request.POST.get("note")
    try:
        hold_conversation(manager=person, report=item.report, via="portal", item=item, note=note)
    except ValidationError as error:
        return _refuse(request, item, TALK, error)
    return _back_to(TALK, item)


@require_POST
@signed_in
def note(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Changes the note of one's own conversation that the card shows; 404 where there is none."""
    person, item = _mine(request, uid)
    conversation = talk_about(item)
    if conversation is None:
        raise Http404
    try:
        write_note(conversation=conversation, note=request.POST.get("note", ""), actor=person)
    except ValidationError as error:
        return _refuse(request, item, TALK, error)
    return _back_to(TALK, item)


def _mine(request: HttpRequest, uid: UUID) -> tuple[Person, BriefItem]:
    person = cast(SignedIn, request).user
    return person, get_object_or_404(items_of(person), uid=uid)


def _refuse(
    request: HttpRequest, item: BriefItem, part: str, error: ValidationError
) -> HttpResponse:
    """A note is asked for again where it was written; anything else is told on top."""
    if "note" not in getattr(error, "error_dict", {}):
        messages.error(request, " ".join(error.messages))
        return _back_to("about", item)
    typed = request.POST.get("note", "")
    return _show(request, Refused(f"{part}-note-{item.uid}", typed, " ".join(error.messages)))


def _show(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    now = timezone.now()
    context = {
        "week": this_week(cast(SignedIn, request).user, now=now),
        "now": now,
        "today": timezone.localdate(),
        "refused": refused,
        "longest": {ANSWER: BESIDE_AN_ANSWER, TALK: ABOUT_A_TALK},
    }
    return render(request, "portal/week.html", context, status=400 if refused else 200)


def _back_to(part: str, item: BriefItem) -> HttpResponse:
    """The card, or a part inside it: a folded card opens then."""
    return redirect(f"{reverse('week')}#{part}-{item.uid}")
