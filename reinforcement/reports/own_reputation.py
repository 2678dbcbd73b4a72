from datetime import datetime

from reinforcement.models import Reputation
from reinforcement.reputations import closed_because
from tenants.people.models import Person


def open_reputation(person: Person, *, now: datetime) -> Reputation | None:
    """The question about their onboarding that this person can still answer. One query."""
    asked = Reputation.objects.filter(person=person, asked_at__lte=now).order_by("-asked_at")
    latest = asked.select_related("person").first()
    return latest if latest and not closed_because(latest, now=now) else None
