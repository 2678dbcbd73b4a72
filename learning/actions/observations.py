from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.actions.completion import complete_finished
from learning.actions.plans import replan
from learning.models import Assignment, Level, Observation, PlanStep, Skill
from tenants.people.models import Person


@transaction.atomic
def observe(
    *,
    person: Person,
    skill: Skill,
    level: int,
    source: Observation.Source,
    observer: Person | None,
    observed_on: date,
    context: str = "",
    replaces: Observation | None = None,
    now: datetime | None = None,
) -> tuple[Observation, list[PlanStep]]:
    """Note a level that somebody saw, and cut the person's open plans anew.

    `replaces` is an earlier observation that this one corrects. Returns the observation and the
    plan steps that were set aside or came back. Raises `ValidationError` for a level off the scale
    or a day that is still to come.
    """
    now = now or timezone.now()
    if level not in Level:
        raise ValidationError(
            {"level": _("%(level)s is not on the scale: 0 to 3.") % {"level": level}}
        )
    if observed_on > now.date() and observed_on > timezone.localdate(now):
        raise ValidationError(
            {"observed_on": _("%(day)s is still to come.") % {"day": observed_on}}
        )
    if replaces:
        _mark_withdrawn(replaces, now)
    observation = Observation.objects.create(
        person=person,
        skill=skill,
        level=level,
        source=source,
        observer=observer,
        observed_on=observed_on,
        context=context[:300],
    )
    return observation, _replan_for(person, skill, now)


@transaction.atomic
def withdraw_observation(*, observation: Observation, now: datetime) -> list[PlanStep]:
    """Take back what was seen, cut the open plans anew; returns the steps that moved."""
    _mark_withdrawn(observation, now)
    return _replan_for(observation.person, observation.skill, now)


def _mark_withdrawn(observation: Observation, now: datetime) -> None:
    observation.withdrawn_at = now
    observation.save(update_fields=["withdrawn_at"])


def _replan_for(person: Person, skill: Skill, now: datetime) -> list[PlanStep]:
    open_plans = list(
        Assignment.objects.filter(
            person=person, status__in=Assignment.OPEN, plan_steps__step__step_skills__skill=skill
        )
        .select_related("person", "path", "outcome")
        .order_by("pk")
        .distinct()
    )
    if not open_plans:
        return []
    moved = replan(open_plans, now=now)
    complete_finished(open_plans, now=now)
    return moved
