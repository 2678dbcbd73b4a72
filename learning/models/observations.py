from django.conf import settings
from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from learning.models.append_only import AppendOnly
from learning.models.roles import Level, Skill
from tenants.companies.identifiers import Identified


class ObservationQuerySet(models.QuerySet["Observation"]):
    def current(self) -> "ObservationQuerySet":
        """One row per person and skill: the latest a manager saw, else the latest self-rating."""
        return (
            self.filter(withdrawn_at=None)
            .order_by(
                "person_id",
                "skill_id",
                Case(When(source="self", then=Value(1)), default=Value(0)),
                "-observed_on",
                "-id",
            )
            .distinct("person_id", "skill_id")
        )


class Observation(AppendOnly, Identified):
    """Somebody saw a level of a skill in somebody, on a day.

    Append-only: one that was taken back stays, marked, and counts no more.
    """

    may_change = frozenset({"withdrawn_at"})

    class Source(models.TextChoices):
        SELF = "self", _("said so themselves")
        MANAGER = "manager", _("seen by the manager")
        CHECK_IN = "check-in", _("answered by the manager in a check-in")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="observations"
    )
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="observations")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    source = models.CharField(max_length=10, choices=Source.choices)
    observer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    observed_on = models.DateField()
    context = models.CharField(max_length=300, blank=True, help_text="Where it was seen.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["-observed_on", "-id"]
        indexes = [
            models.Index(
                fields=["person", "skill", "-observed_on", "-id"], name="observation_latest"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="observed_level_is_on_the_scale", condition=models.Q(level__range=(0, 3))
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.skill}, {Level(self.level).label}, {self.observed_on}"
