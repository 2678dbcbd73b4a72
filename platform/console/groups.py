"""What each access of the admin site permits, as groups of Django's in every company.

Said by app rather than by table, so that a new table is L&D's to change and everybody else's not.
Made again after every migration: who is in a group stays, what it permits is what stands here.
"""

from typing import Any, Final

from auditlog.context import disable_auditlog
from django.apps import AppConfig, apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.db.models.signals import post_migrate
from django_tenants.utils import get_public_schema_name

from tenants.companies.connections import connection
from tenants.people.access import Access

WORK: Final = Q(content_type__app_label__in=("learning", "reinforcement"))
LOOKING: Final = Q(codename__startswith="view_")
PEOPLE: Final = Q(codename__in=("view_person", "view_department"))
PERMITTED: Final = {
    Access.READ_ONLY: (WORK & LOOKING) | PEOPLE,
    Access.LEARNING: WORK | PEOPLE | Q(codename="change_company"),  # that is its rhythm
    Access.HRIS: Q(content_type__app_label="people") | Q(content_type__app_label="api"),
}


def keep_groups() -> None:
    """Make the groups of the company that is set, and let them permit what they should."""
    with disable_auditlog():
        for access, permitted in PERMITTED.items():
            group, _new = Group.objects.get_or_create(name=access.value)
            group.permissions.set(Permission.objects.filter(permitted))


def keep_groups_after_migrations(app_config: AppConfig, **_: Any) -> None:
    """Once all permissions are there: with the last app that has tables. Not among operators."""
    *_others, last = (each for each in apps.get_app_configs() if each.models_module)
    if app_config == last and connection.schema_name != get_public_schema_name():
        keep_groups()


def listen() -> None:
    post_migrate.connect(keep_groups_after_migrations, dispatch_uid="console.groups")
