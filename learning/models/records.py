from django.conf import settings
from django.db import models
from django.db.models import Func, Q
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.utils.formats import date_format
from django.utils.timezone import localtime

from learning.models.append_only import AppendOnly
from tenants.companies.identifiers import Identified


class CurrentTransaction(Func):
    """The number of the transaction that writes the row (PostgreSQL's 64-bit xid8)."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


def _uid_of(thing: str) -> KeyTextTransform:
    """That of a person or path as the record has it, which outlives them."""
    return KeyTextTransform("uid", KeyTransform(thing, "payload"))


class LearningRecord(AppendOnly, Identified):
    """What happened, for HRIS and BI to pull. Append-only; no hours, no score, no level.

    `transaction` orders the feed: readers are served rows of transactions that are older than
    every one still running, so a row that commits late is never skipped.
    """

    class Kind(models.TextChoices):
        ASSIGNMENT_CREATED = "assignment.created"
        ASSIGNMENT_STARTED = "assignment.started"
        ASSIGNMENT_PAUSED = "assignment.paused"
        ASSIGNMENT_RESUMED = "assignment.resumed"
        ASSIGNMENT_WITHDRAWN = "assignment.withdrawn"
        ASSIGNMENT_COMPLETED = "assignment.completed"
        STEP_STARTED = "step.started"
        STEP_DONE = "step.done"
        STEP_SET_ASIDE = "step.set_aside"
        STEP_RETURNED = "step.returned"
        FIRST_WIN = "first_win"
        PERSON_ERASED = "person.erased"

    transaction = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    occurred_at = models.DateTimeField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    assignment = models.ForeignKey(
        "learning.Assignment", null=True, on_delete=models.SET_NULL, related_name="records"
    )
    payload = models.JSONField(
        help_text="{person, path, assignment, step}, as they were at that moment."
    )

    class Meta:
        ordering = ["transaction", "id"]
        indexes = [
            models.Index(fields=["transaction", "id"], name="learning_record_feed"),
            models.Index(fields=["kind", "transaction", "id"], name="learning_record_of_kind"),
            models.Index(_uid_of("person"), "transaction", "id", name="learning_record_of_person"),
            models.Index(_uid_of("path"), "transaction", "id", name="learning_record_of_path"),
            models.Index(fields=["occurred_at"], name="learning_record_since"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(payload={}), name="learning_record_tells_something")
        ]

    def __str__(self) -> str:
        return f"{self.words}, {date_format(localtime(self.occurred_at), 'DATE_FORMAT')}"

    @property
    def words(self) -> str:
        """Its kind, as one says it: "step set aside"."""
        return self.kind.replace(".", " ").replace("_", " ")
