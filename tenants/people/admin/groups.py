from typing import Any

import django.contrib.auth.admin  # noqa: F401  # registers a page of its own, which ours replaces
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from tenants.people.access import MEANS, Access
from tenants.people.admin.pages import ReadPage

admin.site.unregister(Group)


@admin.register(Group)
class GroupPage(ReadPage):
    """Who is in which group. What a group permits is the product's word; who is in it is said on
    the page of each person."""

    nothing_yet = "There are no groups yet: they come with the next update."
    list_display = ("name", "means", "people")
    ordering = ("name",)  # counted, rows lose that of the model
    search_fields = ("name",)
    change_form_outer_before_template = "people/group.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        groups: QuerySet[Group] = super().get_queryset(request)
        return groups.annotate(here=Count("user"))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []  # the template tells it all

    @admin.display(description="what it is for")
    def means(self, group: Group) -> str:
        return means(group)

    @admin.display(description="people", ordering="here")
    def people(self, group: Any) -> int:
        return int(group.here)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        group = context.get("original")
        if group:
            context |= {"group": group, "means": means(group), "people": group.user_set.all()}
        return super().render_change_form(request, context, *args, **options)


def means(group: Group) -> str:
    """One of ours in plain words; what a company made of its own before, by its name alone."""
    return str(MEANS[Access(group.name)]) if group.name in Access.values else ""
