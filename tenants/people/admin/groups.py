from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import ManyToManyField
from django.http import HttpRequest

from tenants.people.admin.pages import Checkboxes, EditPage

admin.site.unregister(Group)  # Django's own page of it, which importing GroupAdmin registered


@admin.register(Group)
class GroupPage(GroupAdmin, EditPage):
    """What the people in a group may see and change in the admin site."""

    filter_horizontal = ()

    def formfield_for_manytomany(
        self,
        db_field: "ManyToManyField[Any, Any]",
        request: HttpRequest | None = None,
        **options: Any,
    ) -> Any:
        """Only what has a page here can be given."""
        pages = ContentType.objects.get_for_models(*self.admin_site._registry).values()
        options["queryset"] = Permission.objects.filter(content_type__in=pages)
        options["widget"] = Checkboxes()
        return super().formfield_for_manytomany(db_field, request, **options)
