from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.actions import observe, withdraw_observation
from learning.models import Observation, PlanStep
from reinforcement.models import Answer, BriefItem, Choice
from tenants.people.models import Person


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
    now: datetime | None = None,
) -> AnswerResult:
    """Record what a manager saw; the same answer twice is one, another one replaces it.

    An answer that is evidence for a level becomes an observation, which can change the plan; when
    it is replaced, so is the observation. Raises `ValidationError` where the answer is not one of
    the question's, or somebody other than the brief's manager gives it.
    """
    now = now or timezone.now()
    if item.question_id is None or choice.question_id != item.question_id:
        raise ValidationError({"choice": "This is not an answer to the question: choose one."})
    if actor.pk != item.brief.manager_id:
        raise ValidationError("Only the manager the question was put to can answer it.")
    locked = BriefItem.objects.select_for_update().get(pk=item.pk)
    before = Answer.objects.filter(item=locked).select_related("observation").first()
    if before and before.choice_id == choice.pk:
        return AnswerResult(before, [])
    given = before or Answer(item=locked)
    given.observation, moved = _observe(item, choice, actor, given.observation, now)
    given.choice, given.via, given.answered_at = choice, via, now
    given.save()
    return AnswerResult(given, moved)


def _observe(
    item: BriefItem, choice: Choice, actor: Person, before: Observation | None, now: datetime
) -> tuple[Observation | None, list[PlanStep]]:
    """The observation this answer is evidence for, in place of the one an earlier answer made."""
    if choice.level is None:
        return None, withdraw_observation(observation=before, now=now) if before else []
    assert item.question is not None  # noqa: S101  # `answer` has checked it
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
