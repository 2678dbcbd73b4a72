"""The only ways to ask who sees whom."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from tenants.people.models import Person

ORGANISATION = """
WITH RECURSIVE organisation AS (
    SELECT id FROM people_person WHERE manager_id = %s
    UNION
    SELECT report.id FROM people_person report
    JOIN organisation ON report.manager_id = organisation.id
)
SELECT id FROM organisation
"""


class PersonQuerySet(models.QuerySet["Person"]):
    def at_work(self) -> Self:
        """Employed and not on leave: whom mail may reach."""
        return self.filter(employment_status="active")

    def reports_of(self, manager: "Person") -> Self:
        """Who reports to this manager directly and has not left."""
        return self.filter(manager=manager).exclude(employment_status="terminated")

    def organisation_of(self, manager: "Person") -> Self:
        """Everybody below this manager, at any depth. One query."""
        return self.filter(pk__in=RawSQL(ORGANISATION, [manager.pk]))  # noqa: S611  # no user input

    def led_by(self, manager: "Person") -> Self:
        """Who is below this manager, at any depth, and has not left."""
        return self.organisation_of(manager).exclude(employment_status="terminated")

    def visible_to(self, viewer: "Person") -> Self:
        """Whom this person may see: themselves and their organisation; L&D sees everybody."""
        if viewer.has_perm("people.view_person"):
            return self
        return self.filter(pk=viewer.pk) | self.organisation_of(viewer)


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, email: str | None) -> "Person":
        person: Person = self.get(email=(email or "").lower())
        return person

    def create_user(
        self, *, email: str, given_name: str, password: str | None = None, **fields: Any
    ) -> "Person":
        person: Person = self.model(email=email.lower(), given_name=given_name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, **fields: Any) -> "Person":
        return self.create_user(is_staff=True, is_superuser=True, **fields)
