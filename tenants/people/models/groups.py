from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from tenants.companies.identifiers import Identified
from tenants.people.models.people import Person


class DirectoryGroup(Identified):
    """A group of the identity provider, as SCIM pushes it. It gives nobody any right here."""

    external_id = models.CharField(max_length=200, null=True, blank=True, unique=True)
    name = models.CharField(max_length=200)
    members = models.ManyToManyField(Person, related_name="directory_groups", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="directory_group_name_once",
                violation_error_message="There is a group of that name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.external_id = self.external_id or None
        if not self.name.strip():
            raise ValidationError({"name": "A group needs a name."})
