"""The page a link in a mail opens: one question about one person, without signing in."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import PlanStep
from portal.changes import told
from portal.links.bearer import link_page
from reinforcement.actions import answer, hold_conversation
from reinforcement.actions.own_items import WEEK_IS_OVER, week_is_over
from reinforcement.links import read_answer_token
from reinforcement.models import Answer, BriefItem, Choice, Conversation
from tenants.people.readers import written_for


@link_page("portal/answer_dead.html")
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the answer that was tapped; only POST records it (mail scanners follow links)."""
    item = read_answer_token(token)
    with written_for(item.brief.manager):
        return _record(request, item) if request.method == "POST" else _ask(request, item)


@dataclass(frozen=True)
class Said:
    """What the manager said about this item before; of their notes only whether there is one."""

    choice: Choice | None
    talked_on: date | None
    has_note: bool


def said_about(item: BriefItem, choices: list[Choice]) -> Said:
    """Two queries."""
    has_note = ExpressionWrapper(~Q(note=""), BooleanField())
    given = Answer.objects.filter(item=item).values_list("choice_id", has_note).first()
    talked = Conversation.objects.filter(item=item).values_list("held_on", has_note).first()
    return Said(
        choice=next((each for each in choices if given and each.pk == given[0]), None),
        talked_on=talked[0] if talked else None,
        has_note=bool((given and given[1]) or (talked and talked[1])),
    )


def _ask(
    request: HttpRequest,
    item: BriefItem,
    error: str = "",
    status: int = 200,
    *,
    at_note: bool = False,
) -> HttpResponse:
    """The form; where it comes back with an error, as it was sent. `at_note`: where it is told."""
    choices = _choices(item)
    said = said_about(item, choices)
    sent = request.POST if request.method == "POST" else request.GET
    tapped = sent.get("choice", said.choice.value if said.choice else "")
    context = {
        **_about(item, choices, said),
        "chosen": _chosen(choices, tapped),
        "talked": bool(sent.get("talked")),
        "note": request.POST.get("note", ""),
        "error": error,
        "at_note": at_note,
    }
    return render(request, "portal/answer.html", context, status=status)


def _record(request: HttpRequest, item: BriefItem) -> HttpResponse:
    choices = _choices(item)
    choice = _chosen(choices, request.POST.get("choice", ""))
    talked, note = bool(request.POST.get("talked")), request.POST.get("note", "").strip() or None
    if choice is None and (request.POST.get("choice") or not talked):
        return _ask(request, item, _nothing_said(choices), 400)
    try:
        moved = _write(item, choice, talked=talked, note=note)
    except ValidationError as error:
        over = getattr(error, "code", "") == WEEK_IS_OVER
        at_note = "note" in getattr(error, "error_dict", {})
        told_why = " ".join(error.messages)
        return _ask(request, item, told_why, 409 if over else 400, at_note=at_note)
    context = {
        **_about(item, choices, said_about(item, choices)),
        "chosen": choice,
        "talked": talked,
        "told": _told(item, choice, moved, noted=note is not None),
    }
    return render(request, "portal/answer_thanks.html", context)


@transaction.atomic
def _write(
    item: BriefItem, choice: Choice | None, *, talked: bool, note: str | None
) -> list[PlanStep]:
    """All of it or nothing; the note stands with the conversation where there was one.

    Saying again on a later day that they talked is the same conversation: a link is for one week.
    """
    manager = item.brief.manager
    moved: list[PlanStep] = []
    if talked:
        since = timezone.localdate(item.brief.due_at)
        this_week = Conversation.objects.filter(item=item, held_on__gte=since)
        before = this_week.values_list("held_on", flat=True).first()
        hold_conversation(
            manager=manager, report=item.report, item=item, via="mail", note=note, held_on=before
        )
    if choice:
        beside = None if talked else note
        moved = answer(item=item, choice=choice, via="mail", actor=manager, note=beside).moved
    return moved


def _told(item: BriefItem, choice: Choice | None, moved: list[PlanStep], *, noted: bool) -> str:
    parts = [told(item.report, moved) if choice else _("Thank you.")]
    if noted:
        parts.append(_("Your note is kept; only you can read it."))
    return " ".join(parts)


def _nothing_said(choices: list[Choice]) -> str:
    if choices:
        return _("Choose one of the answers, or tick that you talked.")
    return _("Press “We talked” to note it.")


def _choices(item: BriefItem) -> list[Choice]:
    return list(item.question.choices.all()) if item.question else []


def _chosen(choices: list[Choice], value: str) -> Choice | None:
    return next((choice for choice in choices if choice.value == value), None)


def _about(item: BriefItem, choices: list[Choice], said: Said) -> dict[str, object]:
    called = item.report.called
    return {
        "item": item,
        "question": item.question.asked_about(called) if item.question else "",
        "prompt": item.prompt.said_about(called) if item.prompt else "",
        "choices": choices,
        "said": said,
        "closed": said.choice is not None and week_is_over(item, timezone.now()),
    }
