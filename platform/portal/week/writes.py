"""What can be done on This week: answer, talk, ask for another prompt, and take each back."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.changes import told
from portal.requests import SignedIn
from portal.week.page import ANSWER, PROMPT, TALK
from portal.week.presses import Told, press
from reinforcement import actions
from reinforcement.actions.prompts import NO_OTHER
from reinforcement.models import BriefItem
from reinforcement.reports import talk_about


@press(ANSWER)
def answer_item(request: SignedIn, item: BriefItem) -> Told:
    """Another answer replaces the one before; what it changed in the plan is told beside it."""
    value, note = request.POST.get("choice", ""), request.POST.get("note")
    choices = item.question.choices.all() if item.question else []
    choice = next((each for each in choices if each.value == value), None)
    if not choice:
        raise ValidationError(_("The question has changed meanwhile: look at it again."))
    before = getattr(item, "answer", None)
    result = actions.answer(item=item, choice=choice, via="portal", actor=request.user, note=note)
    if before and before.choice_id == choice.pk:
        return Told(_kept(result.answer.note) if note is not None else "")
    return Told(told(item.report, result.moved))


@press(ANSWER)
def take_back_answer(request: SignedIn, item: BriefItem) -> Told:
    had_one = getattr(item, "answer", None) is not None
    moved = actions.take_back_answer(
        item=item, actor=request.user, with_note="with_note" in request.POST
    )
    return Told(told(item.report, moved, _("Your answer is taken back.")) if had_one else "")


@press(TALK)
def talk(request: SignedIn, item: BriefItem) -> Told:
    """The two talked, today, with a note of one's own where one was written."""
    note = request.POST.get("note")
    actions.hold_conversation(
        manager=request.user, report=item.report, via="portal", item=item, note=note
    )
    return Told()


@press(TALK)
def take_back_talk(request: SignedIn, item: BriefItem) -> Told:
    """The one that was shown: pressing twice takes no other one back."""
    conversation = talk_about(item)
    if conversation is None or str(conversation.uid) != request.POST.get("talk"):
        return Told()
    actions.take_back_conversation(
        conversation=conversation, actor=request.user, with_note="with_note" in request.POST
    )
    return Told(_("Taken back: you have not talked."))


@press(TALK)
def write_note(request: SignedIn, item: BriefItem) -> Told:
    """Changes the note of the conversation that the card shows."""
    conversation = talk_about(item)
    if conversation is None:
        raise ValidationError(_("This talk was taken back meanwhile, so there is nothing to note."))
    kept = actions.write_note(
        conversation=conversation, note=request.POST.get("note", ""), actor=request.user
    )
    return Told(_kept(kept.note))


@press(PROMPT)
def another_prompt(request: SignedIn, item: BriefItem) -> Told:
    try:
        swapped = actions.swap_prompt(item=item, actor=request.user, shown=_shown(request))
    except ValidationError as error:
        if getattr(error, "code", None) != NO_OTHER:
            raise
        return Told(" ".join(error.messages))
    return _read_out(swapped)


@press(PROMPT)
def prompt_before(request: SignedIn, item: BriefItem) -> Told:
    return _read_out(actions.take_back_prompt(item=item, actor=request.user, shown=_shown(request)))


def _shown(request: SignedIn) -> UUID | None:
    try:
        return UUID(request.POST.get("prompt", ""))
    except ValueError:
        return None


def _read_out(item: BriefItem) -> Told:
    return Told(aloud=item.prompt.said_about(item.report.called) if item.prompt else "")


def _kept(note: str) -> str:
    return _("Your note is kept.") if note else _("Your note is gone.")
