from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.actions import observe, withdraw_observation
from learning.models import Observation, PlanStep
from reinforcement import notes
from reinforcement.actions.own_items import WEEK_IS_OVER, check_own, week_is_over
from reinforcement.links import LIFE
from reinforcement.models import Answer, BriefItem, Choice
from tenants.people.models import Person

LONGEST_NOTE = 500  # characters


@dataclass(frozen=True)
class AnswerResult:
    """The answer, and the steps of the report's plan that it set aside or brought back."""

    answer: Answer
    moved: list[PlanStep]


@transaction.atomic
def answer(
    *,
    item: BriefItem,
    choice: Choice,
    via: str,
    actor: Person,
    note: str | None = None,
    now: datetime | None = None,
) -> AnswerResult:
    """Record what a manager saw; the same answer twice is one, another one replaces it.

    An answer that is evidence for a level becomes an observation, which can change the plan; when
    it is replaced, so is the observation. `note` is the manager's own (``""`` deletes it, None
    leaves it). Raises `ValidationError` where the answer is not one of the question's, somebody
    other than the brief's manager gives it, the report is in another team by now, the week is
    over (a week for another answer, two for the first one), or the note is too long.
    """
    now = now or timezone.now()
    if item.question_id is None or choice.question_id != item.question_id:
        raise ValidationError({"choice": _("This is not an answer to the question: choose one.")})
    check_own(item, actor)
    text = None if note is None else notes.cleaned(note, longest=LONGEST_NOTE)
    locked = BriefItem.objects.select_for_update().get(pk=item.pk)
    before = Answer.objects.filter(item=locked).select_related("observation").first()
    if before and before.choice_id == choice.pk:
        if text is not None and text != before.note:
            before.note = text
            before.save(update_fields=["note"])
        return AnswerResult(before, [])
    _check_week(item, now, changes=before is not None)
    given = before or Answer(item=locked)
    given.observation, moved = _observe(item, choice, actor, given.observation, now)
    given.choice, given.via, given.answered_at = choice, via, now
    given.note = given.note if text is None else text
    given.save()
    return AnswerResult(given, moved)


@transaction.atomic
def take_back_answer(
    *, item: BriefItem, actor: Person, with_note: bool = False, now: datetime | None = None
) -> list[PlanStep]:
    """As if it had not been answered: what it showed counts no more, the plan is cut anew.

    Returns the plan steps that moved; nothing where there is no answer. Raises `ValidationError`
    for anybody but the brief's manager, once the week is over, and at ``with_note`` where a note
    would go too and `with_note` does not say so.
    """
    now = now or timezone.now()
    check_own(item, actor)
    locked = BriefItem.objects.select_for_update().get(pk=item.pk)
    given = Answer.objects.filter(item=locked).select_related("observation").first()
    if given is None:
        return []
    _check_week(item, now, changes=True)
    if given.note and not with_note:
        raise ValidationError({"with_note": _("Your note beside it would go too.")})
    observation = given.observation
    given.delete()
    return withdraw_observation(observation=observation, now=now) if observation else []


def _check_week(item: BriefItem, now: datetime, *, changes: bool) -> None:
    if changes and week_is_over(item, now):
        raise ValidationError(
            _("That week is over, so your answer stays as it is. The next question is a new one."),
            code=WEEK_IS_OVER,
        )
    if now > item.brief.due_at + LIFE:
        raise ValidationError(
            _("This question was open for %(days)s days. The next one comes with your next brief."),
            code=WEEK_IS_OVER,
            params={"days": LIFE.days},
        )


def _observe(
    item: BriefItem, choice: Choice, actor: Person, before: Observation | None, now: datetime
) -> tuple[Observation | None, list[PlanStep]]:
    """The observation this answer is evidence for, in place of the one an earlier answer made."""
    if choice.level is None:
        return None, withdraw_observation(observation=before, now=now) if before else []
    assert item.question is not None  # noqa: S101  # `answer` has seen it
    return observe(
        person=item.report,
        skill=item.question.skill,
        level=choice.level,
        source=Observation.Source.CHECK_IN,
        observer=actor,
        observed_on=timezone.localdate(now),
        context=item.question.asked_about(item.report.called),
        replaces=before,
        now=now,
    )
