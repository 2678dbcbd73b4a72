from django.conf import settings
from django.db import models
from django.db.models import Q

from reinforcement.models.barriers import Barrier
from reinforcement.models.briefs import Brief
from reinforcement.models.channels import channel_choices
from reinforcement.models.learners import HeadsUp, Reputation
from tenants.companies.identifiers import Identified


class Delivery(Identified):
    """The outbox: a message on its way through a channel, written with what it is about.

    That is one of `brief`, `heads_up`, `reputation` and `barrier` (a reminder to check back).
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"

    class Kind(models.TextChoices):
        BRIEF = "brief", "weekly brief"
        HEADS_UP = "heads_up", "heads-up"
        REPUTATION = "reputation", "question to a new hire"
        CHECK_BACK = "barrier", "reminder to check back"

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deliveries"
    )
    brief = models.ForeignKey(
        Brief, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    heads_up = models.ForeignKey(
        HeadsUp, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    reputation = models.ForeignKey(
        Reputation, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    barrier = models.ForeignKey(
        Barrier, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    channel = models.CharField(max_length=20, choices=channel_choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(
        help_text="While being sent: when it counts as lost and is taken up again."
    )
    message_id = models.CharField(
        max_length=200, help_text="The same at every attempt, so that twice is once."
    )
    provider_id = models.CharField(
        max_length=200, blank=True, help_text="What the other side calls it."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["message_id", "channel"], name="one_delivery_per_message_and_channel"
            ),
            models.CheckConstraint(
                name="delivery_is_about_one_thing",
                condition=(
                    Q(brief__isnull=False, heads_up=None, reputation=None, barrier=None)
                    | Q(brief=None, heads_up__isnull=False, reputation=None, barrier=None)
                    | Q(brief=None, heads_up=None, reputation__isnull=False, barrier=None)
                    | Q(brief=None, heads_up=None, reputation=None, barrier__isnull=False)
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="delivery_due",
                condition=Q(state__in=["waiting", "sending"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind.label} to {self.recipient} by {self.get_channel_display()}"

    @property
    def kind(self) -> Kind:
        return next(kind for kind in self.Kind if getattr(self, f"{kind.value}_id"))
