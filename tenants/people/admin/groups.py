from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group

from tenants.people.admin.pages import EditPage

admin.site.unregister(Group)  # Django's own page of it, which importing GroupAdmin registered


@admin.register(Group)
class GroupPage(GroupAdmin, EditPage):
    """What the people in a group may see and change in the admin site."""
