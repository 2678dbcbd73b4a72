"""What somebody may do in the admin site: one of five.

A group of Django's stands for each but the first and the last; what it permits is said in
`console.groups`. Owners may do everything, and only they give access.
"""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.people.models import Person


class Access(models.TextChoices):
    """The value is the name of the group, where there is one."""

    NOTHING = "", _("Nothing")
    READ_ONLY = "Read-only", _("Read-only")
    HRIS = "HRIS administrator", _("HRIS administrator")
    LEARNING = "L&D", _("L&D")
    OWNER = "Owner", _("Owner")


MEANS: Final = {
    Access.NOTHING: _("Signs in to the portal alone, as everybody does."),
    Access.READ_ONLY: _("Looks at what L&D works on, and changes nothing."),
    Access.HRIS: _(
        "Brings people in: imports, departments, API tokens, webhooks. Sees no assignments, no "
        "levels and no barriers."
    ),
    Access.LEARNING: _("Roles, paths, assignments, managers, barriers. Sees people, as they are."),
    Access.OWNER: _("Everything, with the audit log. Gives and takes access."),
}
GROUPS: Final = (Access.READ_ONLY, Access.HRIS, Access.LEARNING)


def access_of(person: Person) -> Access:
    """What somebody has; of several the most. One query, none for owners and for most people."""
    if person.is_superuser:
        return Access.OWNER
    if not person.is_staff:
        return Access.NOTHING
    named = set(person.groups.values_list("name", flat=True))
    return next((each for each in reversed(GROUPS) if each.value in named), Access.NOTHING)


def owners() -> "models.QuerySet[Person]":
    """Who can give access, of those at work."""
    found: models.QuerySet[Person] = Person.objects.at_work()
    return found.filter(is_staff=True, is_superuser=True)
