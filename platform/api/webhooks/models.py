"""Where records go, what goes there, and each try to bring it."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from learning.feed import Cursor
from learning.models import LearningRecord
from tenants.companies.encryption import EncryptedTextField
from tenants.companies.identifiers import Identified

TEST = "webhook.test"
SECRETS = ("secret", "old_secret")
"""Columns that lists leave in the database."""
KINDS = LearningRecord.Kind.choices


def kind_choices() -> list[tuple[str, str]]:
    """What a delivery may be of: a kind of record, or a test."""
    return [*((value, value) for value in LearningRecord.Kind.values), (TEST, TEST)]


class WebhookEndpoint(Identified):
    """An address that gets every record of some kinds, from the moment it was added.

    `feed_epoch`, `feed_transaction` and `feed_row` are its place in the feed of records: what is
    before it has become deliveries. While it is not on, the place stays, so that records wait.
    """

    class State(models.TextChoices):
        ON = "on", "on"
        PAUSED = "paused", "paused by hand"
        STOPPED = "stopped", "paused by itself"

    url = models.CharField("address", max_length=2000)
    description = models.CharField(
        max_length=200, blank=True, help_text="Which system is behind it, for your colleagues."
    )
    kinds = ArrayField(
        models.CharField(max_length=20, choices=KINDS),
        default=list,
        blank=True,
        verbose_name="events",
        help_text="Which records are sent. None chosen: all of them, also kinds that come later.",
    )
    state = models.CharField(max_length=7, choices=State.choices, default=State.ON)
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    state_reason = models.CharField(max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    secret = EncryptedTextField(editable=False)
    old_secret = EncryptedTextField(blank=True, editable=False)
    old_secret_until = models.DateTimeField(
        null=True, editable=False, help_text="Until then the old secret signs, too."
    )

    feed_epoch = models.PositiveIntegerField(editable=False)
    feed_transaction = models.BigIntegerField(editable=False)
    feed_row = models.BigIntegerField(editable=False)
    restarted_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When a restore ended the feed it read: it went on from then.",
    )

    last_delivered_at = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(
        null=True, editable=False, help_text="The first failure since something was delivered."
    )
    not_before = models.DateTimeField(
        null=True, editable=False, help_text="Left alone until then: it asked to, or is away."
    )
    busy_until = models.DateTimeField(
        null=True, editable=False, help_text="Somebody sends to it; until then at most."
    )
    owners_to_be_told = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = "webhook"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.description or self.url

    @property
    def is_on(self) -> bool:
        return self.state == self.State.ON

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.feed_transaction, self.feed_row)

    def wants(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds

    def secrets(self) -> list[str]:
        """Those that sign now, the newest first."""
        old = self.old_secret_until is not None and self.old_secret_until > timezone.now()
        return [self.secret, *([self.old_secret] if old and self.old_secret else [])]


class WebhookDelivery(Identified):
    """The outbox: one record on its way to one address. Its uid is the ``webhook-id``.

    `body` is what is signed and sent, the same at every attempt.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENDING = "sending", "being sent"
        DELIVERED = "delivered", "delivered"
        FAILED = "failed", "failed"
        SKIPPED = "skipped", "left out"

    OPEN = (State.WAITING, State.SENDING)
    FINISHED = (State.DELIVERED, State.FAILED, State.SKIPPED)

    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries", verbose_name="webhook"
    )
    record = models.UUIDField(
        "learning record", null=True, help_text="The uid of the record; none for a test."
    )
    kind = models.CharField("event", max_length=20, choices=kind_choices)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0, help_text="All of them, replays included.")
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="Since it was made or replayed: how long to wait goes by it."
    )
    next_attempt_at = models.DateTimeField(
        help_text="While being sent: when it counts as lost and is taken up again."
    )
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "webhook delivery"
        verbose_name_plural = "webhook deliveries"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "record"], name="one_delivery_per_endpoint_and_record"
            ),
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "next_attempt_at"],
                name="webhook_delivery_due",
                condition=Q(state__in=["waiting", "sending"]),
            ),
            models.Index(fields=["endpoint", "created_at"], name="webhook_delivery_range"),
            models.Index(
                fields=["finished_at"],
                name="webhook_delivery_finished",
                condition=Q(finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint}: {self.kind}"

    @property
    def is_test(self) -> bool:
        return self.record is None

    @property
    def can_be_replayed(self) -> bool:
        return self.state in self.FINISHED and not self.is_test


class WebhookAttempt(models.Model):
    """One try: when, how long it took, and what came back."""

    delivery: Any = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField()
    took_ms = models.PositiveIntegerField("milliseconds")
    status = models.PositiveSmallIntegerField(null=True, help_text="None where nobody answered.")
    answer = models.TextField(blank=True, help_text="How it begins.")
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "attempt"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.status or 'no answer'}"
