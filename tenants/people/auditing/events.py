"""Rows about what was done that no table tells of by itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person


class Event(models.TextChoices):
    """What the log can be filtered by; others may be recorded, too."""

    SIGN_IN = "sign-in", _("signed in")
    SIGN_OUT = "sign-out", _("signed out")
    SIGN_IN_FAILED = "sign-in-failed", _("sign-in failed")
    IMPERSONATION = "impersonation", _("worked as somebody")
    EXPORT = "export", _("exported")
    IMPORT = "import", _("brought people in")
    TOKEN = "token", _("API token")
    ACCESS = "access", _("access")
    ASSIGNMENT = "assignment", _("paths given and taken")
    BULK = "bulk", _("many at once")


def record(
    *,
    action: str,
    about: models.Model | None,
    words: str,
    actor: Person | None,
    changes: dict[str, list[str]] | None = None,
) -> AuditEntry:
    """See `auditing.record_event`. `changes`: column, or any word → before and after."""
    return AuditEntry.objects.record(
        event=action, about=about, words=words, actor=actor, changes=changes
    )
