from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from learning.models.roles import Level, Role, Skill
from tenants.companies.identifiers import Identified

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Calibration(Identified):
    """Managers of people in one role compare what they see, so that a level means the same to all.

    While it is open they adjust; what stands when it closes may leave the house.
    """

    class State(models.TextChoices):
        OPEN = "open", "open"
        CLOSED = "closed", "closed"
        ABANDONED = "abandoned", "abandoned"

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="calibrations")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    agreed = models.TextField(
        "what was agreed",
        blank=True,
        help_text="What a level is to mean from now on; the managers who took part read it.",
    )

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["role"], name="one_open_calibration_per_role", condition=Q(state="open")
            ),
            models.CheckConstraint(
                name="calibration_is_open_or_ended",
                condition=Q(state="open", ended_at=None)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.opened_at:%d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class CalibrationManager(models.Model):
    """A manager who takes part, under a letter that tells the others nothing of who it is."""

    calibration = models.ForeignKey(
        Calibration, on_delete=models.CASCADE, related_name="participants"
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calibrations"
    )
    place = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["calibration", "manager"], name="manager_once_per_calibration"
            ),
            models.UniqueConstraint(
                fields=["calibration", "place"], name="place_once_per_calibration"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calibration}: {self.manager}"

    @property
    def letter(self) -> str:
        """A to Z, then A2 to Z2."""
        round_, place = divmod(self.place, len(LETTERS))
        return f"{LETTERS[place]}{round_ + 1 if round_ else ''}"


class CalibrationSkill(models.Model):
    """What the levels of a skill meant while it was calibrated; the skill's words may change."""

    calibration = models.ForeignKey(Calibration, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="calibrated_as")
    place = models.PositiveSmallIntegerField()
    required_level = models.PositiveSmallIntegerField(choices=Level.choices)
    not_seen = models.TextField(blank=True)
    with_help = models.TextField(blank=True)
    on_their_own = models.TextField(blank=True)
    coaches_others = models.TextField(blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["calibration", "skill"], name="skill_once_per_calibration"
            )
        ]

    def __str__(self) -> str:
        return f"{self.calibration}: {self.skill}"

    @property
    def levels(self) -> list[tuple[Level, str]]:
        """What it looked like, from level 0 to 3."""
        texts = (self.not_seen, self.with_help, self.on_their_own, self.coaches_others)
        return list(zip(Level, texts, strict=True))

    def looks_like(self, level: int) -> str:
        return dict(self.levels)[Level(level)]
