"""A path that L&D has given to a team at once, two days ago."""

from datetime import datetime, timedelta

from learning.actions import choose_people, frame, send_off, start_draft
from learning.framing import Framing
from learning.library import example_framings
from learning.models import Path, RoleHolding
from tenants.companies.context import current_company
from tenants.people.models import Person

ROLE = "customer-success-manager"
TEAM = 12  # people


def give_to_a_team(*, owner: Person, now: datetime) -> None:
    """Everybody has the roles of their title by now."""
    path = Path.objects.get(role__slug=ROLE)
    holders = RoleHolding.objects.current(current_company().day_of(now)).filter(role=path.role)
    people = holders.order_by("person").values_list("person", flat=True)[:TEAM]
    example = example_framings(ROLE)[0]
    outcome = path.role.outcomes.get(slug=example.pop("outcome"))
    at = now - timedelta(days=2)
    draft = start_draft(path=path, actor=owner, now=at)
    choose_people(draft=draft, people=list(people), now=at)
    frame(draft=draft, framing=Framing(**example), outcome=outcome, starts_on=None, now=at)
    send_off(draft=draft, actor=owner, now=at)
