"""What of people and access is in the audit log.

Nothing that opens a door is: no password's hash, no time of a sign-in, which is an event of its
own. What a sync writes leaves one row per run, and access one row per change.
"""

from django.contrib.auth.models import Group

from tenants.companies.models import Company
from tenants.people.auditing.registering import record_changes
from tenants.people.models import Department, DirectoryGroup, Person

SETTINGS = (
    "name",
    "time_zone",
    "locale",
    "brief_day",
    "brief_hour",
    "brief_size",
    "heads_up",
    "sender_name",
    "brand_colour",
    "logo",
    "setup_hidden",
)

record_changes(
    Person,
    but=(
        "password",
        "last_login",
        "attributes",
        "awaited_manager",
        "access_ended_at",
        "deprovisioned_at",
    ),
    many=("groups", "user_permissions"),
)
record_changes(Department)
record_changes(DirectoryGroup)
record_changes(Group, many=("permissions",))
record_changes(
    Company,
    but=[field.name for field in Company._meta.concrete_fields if field.name not in SETTINGS],
)
