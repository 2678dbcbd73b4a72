from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.actions import observe, withdraw_observation
from learning.models import Observation, PlanStep
from reinforcement import notes
from reinforcement.links import LIFE
from reinforcement.models import Answer, BriefItem, Choice
from tenants.people.models import EmploymentStatus, Person

LONGEST_NOTE = 500  # characters
CHANGEABLE = timedelta(days=7)  # from when the brief was due: then the next one comes
WEEK_IS_OVER = "week_is_over"  # the code of the error that says so


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
    _check(item, choice, actor)
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


def _check(item: BriefItem, choice: Choice, actor: Person) -> None:
    if item.question_id is None or choice.question_id != item.question_id:
        raise ValidationError({"choice": _("This is not an answer to the question: choose one.")})
    if actor.pk != item.brief.manager_id:
        raise ValidationError(_("Only the manager the question was put to can answer it."))
    report = item.report
    if report.manager_id != actor.pk or report.employment_status == EmploymentStatus.TERMINATED:
        raise ValidationError(_("%(name)s is not in your team any more.") % {"name": report.called})


def week_is_over(item: BriefItem, now: datetime) -> bool:
    """From then on an answer stays as it is."""
    return now >= item.brief.due_at + CHANGEABLE


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
    assert item.question is not None  # noqa: S101  # `_check` has seen it
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
