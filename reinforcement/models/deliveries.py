from django.db import models

from reinforcement.models.briefs import Brief
from tenants.companies.identifiers import Identified


class Delivery(Identified):
    """The outbox: a brief on its way through a channel. Written with the brief, sent after."""

    class Channel(models.TextChoices):
        MAIL = "mail", "mail"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=6, choices=Channel.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(
        help_text="While being sent: when it counts as lost and is taken up again."
    )
    message_id = models.CharField(
        max_length=200, unique=True, help_text="The same at every attempt, so that twice is once."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "channel"], name="one_delivery_per_channel")
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="delivery_due",
                condition=models.Q(state__in=["waiting", "sending"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.brief} by {self.channel}, {self.get_state_display()}"
