from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from learning.models.append_only import AppendOnly
from learning.models.calibrations import Calibration, CalibrationSkill
from learning.models.observations import Observation
from learning.models.roles import Level, Skill
from tenants.companies.identifiers import Identified

GOOD_FOR: Final = timedelta(days=180)
"""How long a calibrated level may leave the house: two quarters. By then people have moved on, half
of what was agreed is forgotten, and teams have other managers: the level has to be looked at again.
"""


class CalibratedLevelQuerySet(models.QuerySet["CalibratedLevel"]):
    def good(self, now: datetime) -> Self:
        """What may leave the house: the latest per person, skill and role, not too old, and not
        of somebody who has left."""
        newer = CalibratedLevel.objects.filter(
            person=OuterRef("person"),
            skill=OuterRef("skill"),
            calibration__role=OuterRef("calibration__role"),
            pk__gt=OuterRef("pk"),
        )
        return self.filter(~Exists(newer), calibration__ended_at__gt=now - GOOD_FOR).exclude(
            person__employment_status="terminated"
        )

    def with_seen_since(self) -> Self:
        """With `seen_since`: the day on which a manager has seen the skill after it closed, if any.

        What they saw then is not told: it was not calibrated.
        """
        later = Observation.objects.filter(
            person=OuterRef("person"),
            skill=OuterRef("skill"),
            withdrawn_at=None,
            observed_on__gte=OuterRef("seen_on"),
            created_at__gt=OuterRef("calibration__ended_at"),
        ).exclude(source=Observation.Source.SELF)
        return self.annotate(
            seen_since=Subquery(later.order_by("-observed_on", "-pk").values("observed_on")[:1])
        )


class CalibratedLevel(AppendOnly, Identified):
    """A level that stood when a calibration closed."""

    calibration = models.ForeignKey(Calibration, on_delete=models.PROTECT, related_name="levels")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calibrated_levels"
    )
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="calibrated_levels")
    held_as = models.ForeignKey(CalibrationSkill, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    seen_on = models.DateField(help_text="When a manager saw it last, before it closed.")
    is_adjusted = models.BooleanField(default=False)
    adjusted_from = models.PositiveSmallIntegerField(
        choices=Level.choices,
        null=True,
        blank=True,
        help_text="What counted when it opened; empty: nobody had looked, or it stayed.",
    )
    adjusted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CalibratedLevelQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["person", "skill", "calibration"], name="calibrated_level_latest")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["calibration", "person", "skill"], name="level_once_per_calibration"
            ),
            models.CheckConstraint(
                name="calibrated_level_is_on_the_scale", condition=Q(level__range=(0, 3))
            ),
            models.CheckConstraint(
                name="only_what_was_adjusted_says_from_what",
                condition=Q(is_adjusted=True) | Q(adjusted_from=None, adjusted_by=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.skill}, {Level(self.level).label}"

    @property
    def good_until(self) -> datetime:
        """From then on it is not given any more, until it is calibrated again."""
        ended_at: datetime = self.calibration.ended_at  # type: ignore[assignment]
        return ended_at + GOOD_FOR
