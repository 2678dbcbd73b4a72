from typing import Any, ClassVar, Final

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.contrib.contenttypes.models import ContentType
from django.db import models

from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.auditing.acting import acting
from tenants.people.models import Person

SYSTEM: Final = "System"
OPERATOR: Final = "%s, who runs Throughline"


class LogStaysError(TypeError):
    """Somebody tried to change or remove a row of the audit log."""

    def __init__(self) -> None:
        super().__init__("The audit log stays as it was written.")


class AuditEntries(models.QuerySet["AuditEntry"]):
    """Rows to read. `update`, `delete`, `bulk_update` and inserting over a row are refused."""

    def update(self, **_: Any) -> int:
        raise LogStaysError

    def delete(self) -> Any:
        raise LogStaysError

    def bulk_update(self, *_: Any, **__: Any) -> int:
        raise LogStaysError

    def bulk_create(self, *rows: Any, update_conflicts: bool = False, **options: Any) -> Any:
        if update_conflicts:
            raise LogStaysError
        return super().bulk_create(*rows, **options)

    def _raw_delete(self, using: str | None) -> int:
        raise LogStaysError


class AuditEntryManager(LogEntryManager.from_queryset(AuditEntries)):  # type: ignore[misc]
    def log_create(self, instance: models.Model, force_log: bool = False, **named: Any) -> Any:
        """What a company sets for itself is recorded in its own schema, where its owner reads it.

        Its row is in ``public``, with those of the others; so is what is said of its end.
        """
        ends = named.get("action") == AuditEntry.Action.DELETE
        if isinstance(instance, Company) and instance.status == Company.Status.ACTIVE and not ends:
            with working_for(instance):
                return super().log_create(instance, force_log, **named)
        return super().log_create(instance, force_log, **named)

    def create(self, *, cid: Any = None, serialized_data: Any = None, **named: Any) -> "AuditEntry":
        """Without what django-auditlog would keep beside."""
        entry: AuditEntry = super().create(**named)
        return entry

    def record(
        self,
        *,
        event: str,
        about: models.Model | None,
        words: str,
        actor: Person | None,
        changes: dict[str, list[str]] | None = None,
    ) -> "AuditEntry":
        """One row that tells of an event; `about` is what it happened to."""
        told = AuditEntry.Action.ACCESS
        entry = AuditEntry(action=told, event=event, words=words, changes=changes)
        if about is not None:
            entry.content_type = ContentType.objects.get_for_model(about)
            entry.object_pk, entry.object_id = str(about.pk), about.pk
            entry.object_repr = str(about)
        if actor is not None:
            entry.actor = actor
        entry.save(force_insert=True)
        return entry


class AuditEntry(AbstractLogEntry):  # type: ignore[misc]
    """One thing that was done: who, when, from where, before and after. Written once.

    Refused are `save` and `delete` of a row that is stored, and through a queryset `update`,
    `delete`, `bulk_update` and upserts.
    """

    content_type = models.ForeignKey(
        ContentType, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_words = models.CharField(
        max_length=250,
        blank=True,
        help_text="Who it was, if nobody here; else who was behind them.",
    )
    event = models.CharField(max_length=30, blank=True, help_text="Blank: a row changed.")
    words = models.TextField(blank=True, help_text="What an event was.")

    # django-auditlog's, which nobody would read
    serialized_data = changes_text = cid = remote_port = additional_data = actor_email = None

    objects: ClassVar[AuditEntryManager] = AuditEntryManager()

    class Meta:
        verbose_name = "audit entry"
        verbose_name_plural = "audit entries"
        ordering = ["-timestamp", "-id"]
        base_manager_name = "objects"
        default_permissions = ("view",)
        indexes = [models.Index(fields=["event"], name="audit_event")]

    def __str__(self) -> str:
        return self.words or f"{self.get_action_display()}: {self.object_repr}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise LogStaysError
        self._say_who()
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> Any:
        raise LogStaysError

    def _say_who(self) -> None:
        """Who was named stays; else it is whoever is at work now."""
        now = acting()
        self.remote_addr = now.address
        if self.actor is not None:
            self.actor_words = self.actor_words or (now.words if now.person else "")
        elif now.schema == connection.schema_name:
            self.actor_id, self.actor_words = now.person, now.words
        else:  # whoever runs the service; their keys mean somebody else here
            self.actor_words = now.words or (now.name and OPERATOR % now.name)
