"""What L&D has let run by itself: one rule that is switched on, and one to look at first."""

import random
from datetime import datetime

from config.demo.stories import see
from learning.actions import follow_now, switch_on
from learning.models import AssignmentRule, Path, Role
from tenants.people.models import Department, Person


def write_rules(*, owner: Person, now: datetime) -> None:
    """Everybody has the roles of their title by now; then new SDRs get their path."""
    follow_now(now=now)
    new = _rule(
        "sdr",
        "meetings-held",
        name="New sales development representatives",
        claim="get four of five booked meetings to take place",
        because="one in three of the meetings booked in {location} was empty last month, and "
        "{gap} is where you can change that",
        sign="your bookings lie inside five working days and people answer your message the day "
        "before",
        days_since_hire_to=120,
        created_by=owner,
    )
    new.roles.add(Role.objects.get(slug="sdr"))
    switch_on(rule=new, now=now)
    later = _rule(
        "support-engineer",
        "fewer-returns",
        name="Support, before the next release",
        claim="answer with a fix where today you answer with a question",
        because="half of the cases that {department} reopened last quarter had been closed on a "
        "guess",
        sign="your cases stay closed for thirty days",
        created_by=owner,
    )
    later.departments.set(Department.objects.filter(name="Support"))
    support = Person.objects.at_work().filter(department__name="Support", manager__isnull=False)
    see(list(support.order_by("pk")), later.path, random.Random("support"), now)


def _rule(role: str, outcome: str, **fields: object) -> AssignmentRule:
    path = Path.objects.get(role__slug=role)
    moved = path.role.outcomes.get(slug=outcome)
    return AssignmentRule.objects.create(path=path, outcome=moved, **fields)
