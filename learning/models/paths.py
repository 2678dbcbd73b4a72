from typing import Any, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from learning.models.roles import Level, Role, Skill
from tenants.companies.identifiers import Identified


class Path(Identified):
    """The way into a role: steps that raise its skills.

    Its steps are the ones L&D edits and the next person gets. Whoever was on it when it changed
    keeps the steps they had: see `PathVersion`.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("path", "Draft")
        PUBLISHED = "published", pgettext_lazy("path", "Published")
        ARCHIVED = "archived", pgettext_lazy("path", "Archived")

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="paths")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)
    summary = models.TextField(blank=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    changed_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="Since when its steps are as they are."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        ready = not self.role_id or self.role.status == Role.Status.ACTIVE
        if self.status == self.Status.PUBLISHED and not ready:
            raise ValidationError(
                {"status": f"The role {self.role} is {self.role.status}: make it active first."}
            )


class PathVersion(models.Model):
    """A path as it was from one change to the next, kept for whoever was on it.

    Its steps are copies that nobody edits; plans made of it rest on them.
    """

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="versions")
    since = models.DateTimeField(help_text="It was what people got from then on.")
    until = models.DateTimeField(help_text="Then the path changed.")

    class Meta:
        ordering = ["path", "-until"]

    def __str__(self) -> str:
        return f"{self.path}, {self.since:%Y-%m-%d}"


class StepQuerySet(models.QuerySet["Step"]):
    def of(self, path: Path, version: PathVersion | None) -> Self:
        """The steps of a path as it is now, or as it was in a version."""
        return self.filter(path=path, version=version)


class EveryStep(models.Manager.from_queryset(StepQuerySet)):  # type: ignore[misc]
    """Also the copies that versions keep."""


class LiveSteps(EveryStep):
    """The steps that L&D edits and the next person gets; not the copies that versions keep."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(version=None)


class Step(Identified):
    """Something to do that raises skills.

    `Step.objects`, and so ``path.steps``, leave out the copies that versions keep; `Step.every`
    has them.
    """

    class Kind(models.TextChoices):
        READ = "read", pgettext_lazy("kind of step", "read")
        WATCH = "watch", pgettext_lazy("kind of step", "watch")
        DO_ON_THE_JOB = "do_on_the_job", pgettext_lazy("kind of step", "do on the job")
        SHADOW = "shadow", pgettext_lazy("kind of step", "shadow")
        PRACTISE = "practise", pgettext_lazy("kind of step", "practise")
        TALK = "talk", pgettext_lazy("kind of step", "talk")
        PACKAGE = "package", pgettext_lazy("kind of step", "package")
        LINK = "link", pgettext_lazy("kind of step", "link")

    class Keep(models.TextChoices):
        ALWAYS = "always", "always"
        GAP = "gap", "when there is a gap"

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="steps")
    version = models.ForeignKey(
        PathVersion,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="+",  # `Step.every` has them
        help_text="The version that keeps this copy; none for the step itself.",
    )
    copy_of = models.UUIDField(
        null=True, editable=False, help_text="The uid of the step that this is a copy of."
    )
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

    objects = LiveSteps()
    every = EveryStep()

    class Meta:
        ordering = ["path", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["path", "version", "slug"],
                name="step_slug_once_per_version",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["path", "version", "position"],
                name="step_position_once_per_version",
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def identity(self) -> UUID:
        """The same for a step and all its copies: what the outside world knows it by."""
        return self.copy_of or self.uid

    def clean(self) -> None:
        self.body = "\n".join(self.body.splitlines()).strip()  # browsers send CRLF
        if self.kind == self.Kind.LINK and not self.location:
            raise ValidationError({"location": "A link needs its address."})


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


class StepFile(Identified):
    """A file that belongs to a step: to download, never shown inline.

    Copies of a step share what is stored.
    """

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=150, help_text="What it is called when downloaded.")
    content = models.FileField(upload_to="steps/", max_length=200)
    size = models.PositiveIntegerField(help_text="Bytes.")
    media_type = models.CharField(
        max_length=100, help_text="What its first bytes say it is, whatever its name says."
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["step", "id"]

    def __str__(self) -> str:
        return self.name
