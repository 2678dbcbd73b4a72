from django.db import models
from django.utils import timezone

from tenants.companies.identifiers import Identified
from tenants.people.models.people import Person


class SyncRun(Identified):
    """One run of `sync_people`: who pushed what, and what became of it."""

    class Mode(models.TextChoices):
        PARTIAL = "partial", "only these people"
        COMPLETE = "complete", "these are everybody"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        FINISHED = "finished", "finished"
        REFUSED = "refused", "refused"
        FAILED = "failed", "failed"

    source = models.CharField(max_length=40, help_text="file, api, scim, calendar, demo")
    origin = models.CharField(
        max_length=150, blank=True, help_text="The file's name, or the token's."
    )
    mode = models.CharField(max_length=8, choices=Mode.choices)
    dry_run = models.BooleanField(default=False)
    confirmed = models.BooleanField(
        default=False, help_text="Whether a complete run may deactivate many people."
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    detail = models.TextField(blank=True, help_text="Why the run as a whole was refused or failed.")
    actor = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL)
    requested_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0, help_text="How many rows were sent.")
    rows_compared = models.PositiveIntegerField(default=0, help_text="How far the run has come.")
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    deactivated = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    problems = models.JSONField(
        default=list, help_text="A list of {line, field, value, message, refused}."
    )
    input = models.BinaryField(
        null=True, editable=False, help_text="The rows of a run that waits; see sync.packing."
    )
    outcomes = models.BinaryField(
        null=True, editable=False, help_text="What became of each row, but for unchanged ones."
    )

    class Meta:
        ordering = ["-requested_at", "-id"]

    def __str__(self) -> str:
        return f"{self.source} {timezone.localtime(self.requested_at):%Y-%m-%d %H:%M}"

    @property
    def is_over(self) -> bool:
        return self.state not in (self.State.WAITING, self.State.RUNNING)
