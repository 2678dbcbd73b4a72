"""What is stored about somebody as a person of the company, and of their signing in."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.db.models import F

from tenants.people.models import PeopleFile, Person, SyncRun
from tenants.people.personal_copies import Contribution, named

PLAIN = (
    "uid",
    "external_id",
    "employee_number",
    "email",
    "user_name",
    "given_name",
    "family_name",
    "preferred_name",
    "job_title",
    "location",
    "employment_status",
    "hired_on",
    "rehired_on",
    "ended_on",
    "time_zone",
    "locale",
    "attributes",
    "created_at",
    "updated_at",
)
SIGN_IN = {
    "last_login": "last_signed_in_at",
    "is_staff": "may_open_admin_site",
    "is_superuser": "may_do_everything",
    "access_ended_at": "access_ended_at",
    "deprovisioned_at": "deprovisioned_at",
}


def sections(person: Person, *, private: bool) -> dict[str, Any]:
    """Nine queries."""
    return {
        "person": {
            **{name: getattr(person, name) for name in PLAIN},
            "department": person.department.name if person.department else None,
            "manager": named(person.manager) or person.awaited_manager or None,
        },
        "sign_in": {
            **{name: getattr(person, field) for field, name in SIGN_IN.items()},
            "groups": list(person.groups.order_by("name").values_list("name", flat=True)),
            "rights": list(
                person.user_permissions.order_by("codename").values_list("codename", flat=True)
            ),
            "addresses": list(
                EmailAddress.objects.filter(user=person)
                .order_by("pk")
                .values("email", "verified", "primary")
            ),
        },
        "directory_groups": list(
            person.directory_groups.order_by("name").values_list("name", flat=True)
        ),
        "imports_started": list(
            SyncRun.objects.filter(actor=person)
            .order_by("requested_at", "pk")
            .values("source", "origin", "mode", "dry_run", "state", "requested_at")
        ),
        "files_uploaded": list(
            PeopleFile.objects.filter(uploaded_by=person)
            .order_by("uploaded_at", "pk")
            .values("name", "uploaded_at")
        ),
        "admin_site_changes": list(
            LogEntry.objects.filter(user=person)
            .order_by("action_time", "pk")
            .values("action_time", "action_flag", kind=F("content_type__model"))
        ),
    }


CONTRIBUTION = Contribution(
    sections,
    covers={
        **{f"people.Person.{name}": "person" for name in (*PLAIN, "department", "manager")},
        "people.Person.awaited_manager": "person",
        **{f"people.Person.{name}": "sign_in" for name in (*SIGN_IN, "groups", "user_permissions")},
        "account.EmailAddress.user": "sign_in",
        "people.DirectoryGroup.members": "directory_groups",
        "people.SyncRun.actor": "imports_started",
        "people.PeopleFile.uploaded_by": "files_uploaded",
        "admin.LogEntry.user": "admin_site_changes",
    },
    left_out={
        "people.Person.id": "A number that never leaves the database; uid stands for it.",
        "people.Person.password": "Only a hash of it is stored, and it is a secret.",
        "account.EmailConfirmation": "A key that confirms an address: a secret.",
        "sessions.Session": "Keys of open sessions: secrets. They end after two weeks.",
        "companies.Impersonation": "When an operator looked as the person, and why, is in the "
        "company's audit log, which its owners read.",
        "people.SyncRun": "The rows an import brought are here as what they made of the person.",
    },
)
