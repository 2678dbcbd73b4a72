from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.companies.identifiers import Identified


class Level(models.IntegerChoices):
    """How well somebody does something, as seen at work."""

    NOT_SEEN = 0, _("not seen yet")
    WITH_HELP = 1, _("with help")
    ON_THEIR_OWN = 2, _("on their own")
    COACHES_OTHERS = 3, _("coaches others")


class Role(Identified):
    """What somebody is there to do: its outcomes, and the skills that move them."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        ACTIVE = "active", "active"
        ARCHIVED = "archived", "archived"

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)
    summary = models.TextField(blank=True)
    status = models.CharField(
        max_length=8,
        choices=Status.choices,
        default=Status.ACTIVE,
        help_text="Nobody holds a draft, and no path of it can be published.",
    )
    occupation_code = models.CharField(
        "O*NET-SOC code",
        max_length=10,
        blank=True,
        editable=False,
        help_text="The O*NET occupation that it was started from.",
    )
    attribution = models.TextField(
        blank=True, editable=False, help_text="Whose words it was started from, and their licence."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation_code"],
                condition=~models.Q(occupation_code=""),
                name="role_once_per_occupation",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Outcome(Identified):
    """What the role is there to move, with its measure: "Close deals faster"."""

    class Direction(models.TextChoices):
        LOWER = "lower", "lower is better"
        HIGHER = "higher", "higher is better"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="outcomes")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    measure = models.CharField(max_length=200, help_text="median days from demo to close")
    unit = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=6, choices=Direction.choices)
    baseline = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["role", "id"]
        constraints = [
            models.UniqueConstraint(fields=["role", "slug"], name="outcome_slug_once_per_role")
        ]

    def __str__(self) -> str:
        return self.name


class Skill(Identified):
    """Something people do at work, and what it looks like at each level."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)
    not_seen = models.TextField("level 0, not seen yet", blank=True)
    with_help = models.TextField("level 1, with help", blank=True)
    on_their_own = models.TextField("level 2, on their own", blank=True)
    coaches_others = models.TextField("level 3, coaches others", blank=True)
    attribution = models.TextField(
        blank=True, editable=False, help_text="Whose words it was started from, and their licence."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def levels(self) -> list[tuple[Level, str]]:
        """What it looks like, from level 0 to 3."""
        texts = (self.not_seen, self.with_help, self.on_their_own, self.coaches_others)
        return list(zip(Level, texts, strict=True))


class RoleSkill(models.Model):
    """A skill that a role needs, to which level, and the outcome it moves."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="role_skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="role_skills")
    required_level = models.PositiveSmallIntegerField(
        choices=Level.choices, default=Level.ON_THEIR_OWN
    )
    outcome = models.ForeignKey(
        Outcome, null=True, blank=True, on_delete=models.SET_NULL, related_name="role_skills"
    )

    class Meta:
        ordering = ["role", "id"]
        constraints = [
            models.UniqueConstraint(fields=["role", "skill"], name="skill_once_per_role"),
            models.CheckConstraint(
                name="required_level_is_on_the_scale",
                condition=models.Q(required_level__range=(0, 3)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.skill}, {Level(self.required_level).label}"

    def clean(self) -> None:
        if self.outcome and self.outcome.role_id != self.role_id:
            raise ValidationError(
                {"outcome": f"{self.outcome} belongs to another role: choose one of {self.role}."}
            )
