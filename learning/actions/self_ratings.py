from datetime import date, datetime

from django.db import transaction

from learning.actions.observations import observe
from learning.models import Observation, PlanStep, Skill
from tenants.people.models import Person

SELF = Observation.Source.SELF


@transaction.atomic
def rate_oneself(
    *,
    person: Person,
    skill: Skill,
    level: int,
    rated_on: date,
    context: str = "",
    now: datetime | None = None,
) -> tuple[Observation, list[PlanStep]]:
    """Note what somebody says of themselves; of one day, their last word on a skill counts.

    The same level again on the same day writes nothing. `rated_on` is the day on the person's own
    calendar. Returns and raises what `observe` does.
    """
    # two requests for one person run one after the other: the second replaces what the first wrote
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)
    earlier = Observation.objects.filter(
        person=person, skill=skill, source=SELF, observed_on=rated_on, withdrawn_at=None
    ).first()
    if earlier and earlier.level == level:
        return earlier, []
    return observe(
        person=person,
        skill=skill,
        level=level,
        source=SELF,
        observer=person,
        observed_on=rated_on,
        context=context,
        replaces=earlier,
        now=now,
    )
