"""Giving a path to many people: what is being prepared, and what was sent off."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from learning.models.assignments import Assignment
from learning.models.paths import Path
from learning.models.roles import Outcome
from tenants.companies.identifiers import Identified
from tenants.people.models import Person

MOST: Final = 5_000
"""People that one run gives a path."""


class AssignmentDraft(Identified):
    """What somebody is about to give: kept while they think, gone once it is sent off.

    The run that is sent off takes its uid.
    """

    class Step(models.TextChoices):
        PEOPLE = "people", "people"
        FRAMING = "framing", "framing"
        PLANS = "plans", "plans"
        ASSIGN = "assign", "assign"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignment_drafts"
    )
    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="drafts")
    people: "models.ManyToManyField[Person, Person]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+"
    )
    outcome = models.ForeignKey(
        Outcome, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claim = models.TextField(blank=True)
    because = models.TextField(blank=True)
    sign = models.TextField(blank=True)
    wording_kept = models.BooleanField(
        default=False, help_text="Whether they read the concerns about these words and keep them."
    )
    starts_on = models.DateField(null=True, blank=True, help_text="Empty: the day it is sent off.")
    step = models.CharField("step reached", max_length=7, choices=Step.choices, default=Step.PEOPLE)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return str(self.path)


class AssignmentRun(Identified):
    """A draft that was sent off: who gave what to how many, and how far it has come."""

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        UNDOING = "undoing", "being taken back"
        UNDONE = "undone", "taken back"
        RETURNS = "returns", "being given back"

    UNFINISHED = (State.QUEUED, State.RUNNING)
    TURNING = (State.UNDOING, State.RETURNS)
    GOING_ON = (*UNFINISHED, *TURNING)

    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="assignment_runs")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+")
    claim = models.CharField(max_length=200)
    because = models.CharField(max_length=300)
    sign = models.CharField(max_length=300)
    starts_on = models.DateField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.QUEUED)
    detail = models.TextField(blank=True, help_text="Why it came no further.")
    chosen = models.PositiveIntegerField("people", help_text="How many were chosen.")
    given = models.PositiveIntegerField(default=0)
    had_it = models.PositiveIntegerField("had it already", default=0)
    gone = models.PositiveIntegerField("had left", default=0)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="run_has_its_framing",
                condition=~Q(claim="") & ~Q(because="") & ~Q(sign=""),
            ),
            models.CheckConstraint(
                name="run_taken_back_says_when",
                condition=Q(state__in=["undoing", "undone", "returns"], undone_at__isnull=False)
                | (~Q(state__in=["undoing", "undone", "returns"]) & Q(undone_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.path)

    @property
    def is_stopped(self) -> bool:
        """Whether it came no further on its way back; somebody has to say "try again"."""
        return self.state in self.TURNING and self.detail != ""

    @property
    def reached(self) -> int:
        """People it has come to, whatever became of them."""
        return self.given + self.had_it + self.gone


class Recipient(models.Model):
    """Somebody a run comes to, and what became of it; what they were given, it made."""

    class Became(models.TextChoices):
        WAITING = "waiting", "waiting"
        GIVEN = "given", "given"
        HAD_IT = "had_it", "had it already"
        GONE = "gone", "had left"

    run = models.ForeignKey(AssignmentRun, on_delete=models.CASCADE, related_name="recipients")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignment_runs"
    )
    became = models.CharField(max_length=7, choices=Became.choices, default=Became.WAITING)
    assignment = models.OneToOneField(
        Assignment, null=True, blank=True, on_delete=models.CASCADE, related_name="recipient"
    )

    class Meta:
        ordering = ["run", "person"]
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="recipient_once_per_run"),
            models.CheckConstraint(
                name="recipient_has_what_was_given",
                condition=Q(became="given", assignment__isnull=False)
                | (~Q(became="given") & Q(assignment=None)),
            ),
        ]
        indexes = [models.Index(fields=["run", "became"], name="recipient_became")]

    def __str__(self) -> str:
        return str(self.person)
