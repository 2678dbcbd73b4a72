"""A path that a manager has suggested, and L&D has still to decide."""

from datetime import datetime, timedelta

from config.demo.cast import CAST
from learning.actions import suggest_path
from learning.models import Assignment, Path
from tenants.companies.context import current_company
from tenants.people.models import Person

BECAUSE = "decides everything alone and is asked to lead two people from January"


def suggest_paths(*, now: datetime) -> None:
    """The cast's manager has one path in mind for the peer, who leads nobody yet."""
    cast = CAST[current_company().slug]
    path = Path.objects.get(role__slug="people-manager")
    peer = Person.objects.get(email=cast.peer)
    if not Assignment.objects.filter(person=peer, path=path, status__in=Assignment.OPEN).exists():
        suggest_path(
            person=peer,
            path=path,
            because=BECAUSE,
            actor=Person.objects.get(email=cast.manager),
            now=now - timedelta(days=2),
        )
