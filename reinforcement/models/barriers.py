"""What slows teams down, and what L&D heard when it asked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.models import Outcome, Path
from tenants.companies.identifiers import Identified


class Touchpoint(Identified):
    """L&D talked with a manager: when, and what was learned."""

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="touchpoints"
    )
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    held_on = models.DateField()
    learned = models.TextField(help_text="In a sentence or two: what did you learn?")

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["manager", "-held_on"], name="touchpoint_latest")]

    def __str__(self) -> str:
        return f"{self.manager}, {self.held_on}"


class Barrier(Identified):
    """What slows a team down, in the manager's own words, and what was designed for it."""

    class Severity(models.IntegerChoices):
        ANNOYS = 1, _("annoys")
        SLOWS = 2, _("slows us down")
        STOPS = 3, _("stops us")

    class Status(models.TextChoices):
        HEARD = "heard", pgettext_lazy("barrier", "heard")
        DESIGNING = "designing", pgettext_lazy("barrier", "designing")
        ADDRESSED = "addressed", pgettext_lazy("barrier", "addressed")
        GONE = "gone", pgettext_lazy("barrier", "gone")

    OPEN = (Status.HEARD, Status.DESIGNING, Status.ADDRESSED)

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="barriers"
    )
    words = models.CharField(
        max_length=500,
        help_text="As the manager said it: “Legal takes nine days to look at a contract.”",
    )
    outcome = models.ForeignKey(
        Outcome,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="barriers",
        help_text="What it hurts.",
    )
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.SLOWS)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.HEARD)
    status_since = models.DateField()
    heard_on = models.DateField()
    touchpoint = models.ForeignKey(
        Touchpoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="barriers"
    )
    paths = models.ManyToManyField(
        Path, blank=True, related_name="barriers", help_text="Designed for it."
    )
    looked_after_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who of L&D is reminded to check back.",
    )
    check_back_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(
        null=True, blank=True, editable=False, help_text="The check-back day last reminded of."
    )

    class Meta:
        ordering = ["-severity", "heard_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="barrier_severity_is_on_the_scale",
                condition=models.Q(severity__range=(1, 3)),
            )
        ]
        indexes = [models.Index(fields=["status", "status_since"], name="barrier_status")]

    def __str__(self) -> str:
        return self.words
