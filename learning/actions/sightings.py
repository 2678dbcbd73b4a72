"""What a manager saw at work, said without being asked."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.actions.observations import observe, withdraw_observation
from learning.models import Observation, PlanStep, Skill
from tenants.people.models import Person

MANAGER = Observation.Source.MANAGER
LONGEST = 300  # characters
OLDEST = timedelta(days=365)


@transaction.atomic
def note_sighting(
    *,
    person: Person,
    skill: Skill,
    level: int,
    actor: Person,
    seen_on: date | None = None,
    context: str = "",
    now: datetime | None = None,
) -> tuple[Observation, list[PlanStep]]:
    """Note which level `actor` saw in somebody who reports to them, at any depth.

    `seen_on` is today on the actor's clock unless given. Of what one person says about one skill
    and day on one day, the last word counts; the same again writes nothing. Returns what `observe`
    does. Raises `ValidationError` where the person is in another team, the level is off the scale,
    the day is to come or more than a year ago, or the context is too long.
    """
    now = now or timezone.now()
    today = timezone.localdate(now, actor.zone)
    if not Person.objects.organisation_of(actor).filter(pk=person.pk).exists():
        raise ValidationError(_("%(name)s is not in your team any more.") % {"name": person.called})
    seen_on = seen_on or today
    text = " ".join(context.split())
    _check(seen_on, today, text)
    # two requests for one person run one after the other: the second replaces what the first wrote
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)
    earlier = (
        said_today(actor, person, now=now)
        .filter(skill=skill, observed_on=seen_on)
        .order_by("-id")
        .first()
    )
    if earlier and (earlier.level, earlier.context) == (level, text):
        return earlier, []
    return observe(
        person=person,
        skill=skill,
        level=level,
        source=MANAGER,
        observer=actor,
        observed_on=seen_on,
        context=text,
        replaces=earlier,
        now=now,
    )


@transaction.atomic
def take_back_sighting(
    *, observation: Observation, actor: Person, now: datetime | None = None
) -> list[PlanStep]:
    """Take back what one said today; returns the plan steps that moved.

    Taken back already, nothing happens. Raises `ValidationError` for what somebody else saw, for
    the answer to a question, and from the next day on.
    """
    now = now or timezone.now()
    locked = Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
    if locked.observer_id != actor.pk or locked.source != MANAGER:
        raise ValidationError(_("Only whoever said this can take it back."))
    if locked.withdrawn_at:
        return []
    if not said_today(actor, locked.person, now=now).filter(pk=locked.pk).exists():
        raise ValidationError(
            _("This was said on an earlier day, so it stays. Say what you see now: that counts.")
        )
    return withdraw_observation(observation=locked, now=now)


def said_today(actor: Person, person: Person, *, now: datetime) -> QuerySet[Observation]:
    """What `actor` said about somebody since midnight on their own clock, and did not take back."""
    today = timezone.localdate(now, actor.zone)
    midnight = datetime.combine(today, time.min, actor.zone)
    return Observation.objects.filter(
        person=person, observer=actor, source=MANAGER, withdrawn_at=None, created_at__gte=midnight
    )


def _check(seen_on: date, today: date, text: str) -> None:
    if seen_on > today:
        raise ValidationError(
            {"seen_on": _("That day is still to come: choose the day you saw it.")}
        )
    if seen_on < today - OLDEST:
        raise ValidationError({"seen_on": _("Choose a day of the last twelve months.")})
    over = len(text) - LONGEST
    if over > 0:
        message = ngettext(
            "Make this shorter by a character.", "Make this shorter by %(over)s characters.", over
        )
        raise ValidationError({"context": message % {"over": over}})
