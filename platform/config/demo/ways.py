"""Where some managers want their briefs: on the portal only, or not for a while."""

import random
from datetime import datetime, timedelta

from config.demo.cast import CAST
from reinforcement.actions import set_preference
from reinforcement.models.channels import MAIL, PORTAL
from tenants.companies.context import current_company
from tenants.people.models import Person

PAUSED, ON_THE_PORTAL = 0.03, 0.1  # shares of managers


def choose_ways(*, dice: random.Random, now: datetime) -> None:
    """The cast keeps what the company says: mail, on its day, at its hour."""
    leading = Person.objects.at_work().filter(reports__isnull=False).distinct().order_by("pk")
    for manager in leading.exclude(email=CAST[current_company().slug].manager):
        chance = dice.random()
        if chance > PAUSED + ON_THE_PORTAL:
            continue
        pause = chance < PAUSED
        set_preference(
            person=manager,
            channel=MAIL if pause else PORTAL,
            day=None,
            hour=None,
            paused_until=now.date() + timedelta(days=dice.randint(5, 20)) if pause else None,
            now=now,
        )
