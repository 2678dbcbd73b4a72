"""One report of a manager's week, as blocks."""

from collections.abc import Iterable
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DividerBlock,
    SectionBlock,
)

from learning.models import PlanStep
from reinforcement.channels.slack.mrkdwn import (
    BUTTON,
    bold,
    escaped,
    markup,
    plain,
    words,
)
from reinforcement.models import Choice
from reinforcement.reports import Card
from tenants.people.days import weekday

ANSWER: Final = "answer"  # what an `action_id` begins with; the rest makes it the only one
TALKED: Final = "talked"

# how long our parts get, so that together they stay within a section's 3000 characters
PART, QUESTION, FRAMING = 300, 700, 900


def about(card: Card) -> Iterable[Block]:
    """Up to five blocks: who and why, what they do and what to say, the question, its answers."""
    yield DividerBlock()
    yield _who(card)
    yield SectionBlock(text=markup("\n".join(_said(card))))
    if card.choices:
        yield SectionBlock(text=markup(_asked(card)))
        yield ActionsBlock(elements=_answers(card))


def _who(card: Card) -> Block:
    item, report = card.item, card.item.report
    who = [bold(report.name, PART), escaped(report.job_title, PART)]
    lines = [" · ".join(part for part in who if part), f"{capfirst(item.get_why_display())}."]
    if card.talked:
        day = weekday(card.talked.held_on)
        lines.append(_("✓ You talked on %(day)s.") % {"day": day})
        return SectionBlock(text=markup("\n".join(lines)))
    talked = ButtonElement(
        text=words(_("We talked"), BUTTON),
        action_id=f"{TALKED}.{item.uid}",
        value=str(item.uid),
        accessibility_label=plain(_("I talked with %(name)s") % {"name": report.name}, BUTTON),
    )
    return SectionBlock(text=markup("\n".join(lines)), accessory=talked)


def _said(card: Card) -> Iterable[str]:
    item = card.item
    if item.plan_step:
        done = _("%(done)s of %(all)s steps") % {"done": card.steps_done, "all": len(card.states)}
        title = escaped(item.plan_step.step.title, PART)
        yield f"*{_now(item.plan_step)}* {title} ({done})"
        if item.plan_step.intention:
            line = _("“%(words)s”") % {"words": escaped(item.plan_step.intention, PART)}
            yield f"*{_('Will try at work:')}* {line}"
    if item.moved:
        yield f"*{_('Done since last week:')}* {escaped('; '.join(item.moved), PART)}"
    yield f"*{_('What they were told:')}* {escaped(item.assignment.framing, FRAMING)}"
    if card.prompt:
        yield f"*{_('Say it out loud:')}*\n> {escaped(card.prompt, QUESTION)}"


def _now(plan_step: PlanStep) -> str:
    if plan_step.state == PlanStep.State.DONE:
        return _("Finished since:")
    if plan_step.state == PlanStep.State.SET_ASIDE:
        return _("Set aside since:")
    return _("Working on now:")


def _asked(card: Card) -> str:
    lines = [f"*{_('One question for you:')}* {escaped(card.question, QUESTION)}"]
    if given := _given(card):
        said = _("✓ You said “%(answer)s”. You can change it until your next brief.")
        lines.append(said % {"answer": escaped(given.label, PART)})
    return "\n".join(lines)


def _given(card: Card) -> Choice | None:
    chosen = card.answer.choice_id if card.answer else None
    return next((choice for choice in card.choices if choice.pk == chosen), None)


def _answers(card: Card) -> list[ButtonElement]:
    """A button each, the one that was given in green."""
    given = _given(card)
    return [
        ButtonElement(
            text=words(choice.label, BUTTON),
            action_id=f"{ANSWER}.{position}.{card.item.uid}",
            value=f"{card.item.uid} {choice.value}",
            style="primary" if choice == given else None,
        )
        for position, choice in enumerate(card.choices)
    ]
