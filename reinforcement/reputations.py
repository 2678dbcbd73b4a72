"""The one question new hires are asked about their onboarding: its words, its days, its end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reinforcement.models import Reputation

OPEN_FOR = timedelta(days=14)
CATCH_UP = timedelta(days=3)

QUESTION = gettext_lazy(
    "A new colleague asks you what the onboarding here has done for your work so far. "
    "What do you say?"
)
WHO_SEES = gettext_lazy(
    "L&D sees answers only of five or more people together, by the month they started. "
    "Nobody is shown who said what."
)


def due_at(began_on: date, day: int, *, zone: ZoneInfo, hour: int) -> datetime:
    """The moment (UTC) at `hour` on that clock, so many days after the first one."""
    local = datetime.combine(began_on + timedelta(days=day), time(hour), tzinfo=zone)
    return local.astimezone(UTC)


def closed_because(reputation: Reputation, *, now: datetime) -> str:
    """Why it cannot be answered any more, in a sentence; empty while it can."""
    person = reputation.person
    if not person.is_active:
        return _("This question was for somebody who has left.")
    if person.access_ended_at and person.access_ended_at > reputation.asked_at:
        return _("This question was about an earlier time here.")
    if now >= reputation.asked_at + OPEN_FOR:
        return _("This question was open for %(days)s days.") % {"days": OPEN_FOR.days}
    return ""
