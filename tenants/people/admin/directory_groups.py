from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from tenants.people.admin.pages import ReadPage
from tenants.people.models import DirectoryGroup


@admin.register(DirectoryGroup)
class DirectoryGroupPage(ReadPage):
    """Groups of the identity provider, as SCIM pushes them. They give nobody any right here."""

    nothing_yet = (
        "The identity provider has pushed no groups. It need not: they give nobody any right here."
    )
    list_display = ("name", "people", "external_id", "updated_at")
    list_filter = ("updated_at",)
    search_fields = ("name", "external_id")
    ordering = ("name",)  # counted, rows lose that of the model
    fields = ("name", "external_id", ("created_at", "updated_at"), "who")
    readonly_fields = ("who",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[DirectoryGroup]":
        found: QuerySet[DirectoryGroup] = super().get_queryset(request)
        return found.annotate(here=Count("members"))

    @admin.display(description="people", ordering="here")
    def people(self, group: Any) -> int:
        return int(group.here)

    @admin.display(description="who is in it")
    def who(self, group: DirectoryGroup) -> str:
        """The first hundred; of more, how many."""
        names = [
            str(person) for person in group.members.order_by("family_name", "given_name")[:100]
        ]
        more = group.members.count() - len(names)
        return ", ".join(names) + (f" and {more:,} more" if more else "") or "nobody"
