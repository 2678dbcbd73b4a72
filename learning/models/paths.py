from django.db import models

from learning.models.roles import Level, Role, Skill
from tenants.companies.identifiers import Identified


class Path(Identified):
    """The way into a role: steps that raise its skills."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        ARCHIVED = "archived"

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="paths")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)
    summary = models.TextField(blank=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Step(Identified):
    """Something to do that raises skills."""

    class Kind(models.TextChoices):
        READ = "read", "read"
        WATCH = "watch", "watch"
        DO_ON_THE_JOB = "do_on_the_job", "do on the job"
        SHADOW = "shadow", "shadow"
        PRACTISE = "practise", "practise"
        TALK = "talk", "talk"
        PACKAGE = "package", "package"
        LINK = "link", "link"

    class Keep(models.TextChoices):
        ALWAYS = "always", "always"
        GAP = "gap", "when there is a gap"

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="steps")
    slug = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=13, choices=Kind.choices)
    body = models.TextField(blank=True, help_text="What to do, in Markdown.")
    location = models.URLField(blank=True, help_text="Where it is, if it lives elsewhere.")
    effort = models.CharField(
        max_length=40, blank=True, help_text="How long the content is: '15 minutes'. Not a target."
    )
    keep = models.CharField(max_length=6, choices=Keep.choices, default=Keep.GAP)
    quick_win = models.BooleanField(
        default=False, help_text="Shows a result at work within a few days."
    )
    skills = models.ManyToManyField(Skill, through="StepSkill", related_name="steps")
    prerequisites = models.ManyToManyField("self", symmetrical=False, blank=True)

    class Meta:
        ordering = ["path", "position"]
        constraints = [
            models.UniqueConstraint(fields=["path", "slug"], name="step_slug_once_per_path"),
            models.UniqueConstraint(
                fields=["path", "position"],
                name="step_position_once_per_path",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StepSkill(models.Model):
    """A skill that a step raises, and to which level."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="step_skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="step_skills")
    raises_to = models.PositiveSmallIntegerField(choices=Level.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "skill"], name="skill_once_per_step"),
            models.CheckConstraint(
                name="raised_level_is_on_the_scale", condition=models.Q(raises_to__range=(1, 3))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.skill} to {Level(self.raises_to).label}"
