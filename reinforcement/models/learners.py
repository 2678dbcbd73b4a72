"""What reinforcement says to learners themselves: a heads-up, and one question to new hires."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models import PlanStep
from tenants.companies.identifiers import Identified


class HeadsUp(Identified):
    """A word to a learner, two days before their manager is prompted to talk with them."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="heads_ups"
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    iso_year = models.PositiveSmallIntegerField()
    iso_week = models.PositiveSmallIntegerField()
    plan_step = models.ForeignKey(PlanStep, null=True, on_delete=models.SET_NULL, related_name="+")
    brief_due_at = models.DateTimeField()
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = "heads-up"
        verbose_name_plural = "heads-ups"
        ordering = ["-brief_due_at", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "iso_year", "iso_week"], name="one_heads_up_per_person_and_week"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, week {self.iso_week} of {self.iso_year}"


class Reputation(Identified):
    """How a new hire speaks of starting here: asked on day 14 and on day 30, one tap.

    L&D sees it by cohort (the month of the hire) and never about fewer than five people.
    """

    class Day(models.IntegerChoices):
        FOURTEEN = 14, _("day 14")
        THIRTY = 30, _("day 30")

    class Answer(models.IntegerChoices):
        IN_THE_WAY = 1, _("It kept me from my work")
        NOTHING = 2, _("It made no difference")
        HELPED = 3, _("It helped with my work")
        ESSENTIAL = 4, _("I could not have started without it")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reputations"
    )
    hired_on = models.DateField(help_text="The first day of the employment it is about.")
    day = models.PositiveSmallIntegerField(choices=Day.choices)
    asked_at = models.DateTimeField()
    answer = models.PositiveSmallIntegerField(choices=Answer.choices, null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "onboarding reputation"
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "hired_on", "day"], name="reputation_asked_once_per_day"
            ),
            models.CheckConstraint(
                name="reputation_is_answered_or_not",
                condition=Q(answer=None, answered_at=None)
                | Q(answer__range=(1, 4), answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_day_display()}"
