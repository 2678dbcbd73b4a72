from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.models import Assignment, PlanStep
from reinforcement.models.prompts import Moment, Prompt, Question
from tenants.companies.identifiers import Identified


class Brief(Identified):
    """A manager's week: whom to talk with, about what. One per manager and ISO week."""

    class State(models.TextChoices):
        WRITTEN = "written", "written"
        SKIPPED = "skipped", "skipped"
        MISSED = "missed", "missed"

    class Reason(models.TextChoices):
        NOBODY = "nobody", "nobody to talk about"
        LEAVE = "leave", "the manager is on leave"
        PAUSED = "paused", "the manager paused briefs"
        LATE = "late", "more than 24 hours late"

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="briefs"
    )
    iso_year = models.PositiveSmallIntegerField()
    iso_week = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    written_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices)
    reason = models.CharField(max_length=6, choices=Reason.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(
        default=0, help_text="To read and to talk about; six at most."
    )
    also = models.JSONField(
        default=list, help_text="Ids of the reports named in one line, not featured."
    )

    class Meta:
        ordering = ["-due_at", "manager"]
        constraints = [
            models.UniqueConstraint(
                fields=["manager", "iso_year", "iso_week"], name="one_brief_per_manager_and_week"
            ),
            models.CheckConstraint(
                name="brief_takes_six_minutes_at_most", condition=models.Q(minutes__lte=6)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.manager}, week {self.iso_week} of {self.iso_year}"


class BriefItem(Identified):
    """One report in a brief: why them this week, what to say, what to answer."""

    class Why(models.TextChoices):
        NEW = "new", _("new, and still without a first win")
        STUCK = "stuck", _("nothing moved in ten days")
        FINISHED = "finished", _("finished a step")
        STARTS = "starts", _("starts now")
        TURN = "turn", _("it has been a while")

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="items")
    report = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="brief_items"
    )
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="brief_items")
    plan_step = models.ForeignKey(
        PlanStep, null=True, on_delete=models.SET_NULL, related_name="brief_items"
    )
    position = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=8, choices=Why.choices)
    moment = models.CharField(max_length=13, choices=Moment.choices)
    moved = models.JSONField(
        default=list, help_text="Titles of the steps done since the last brief."
    )
    prompt = models.ForeignKey(Prompt, null=True, on_delete=models.PROTECT, related_name="items")
    prompts_seen = models.JSONField(
        default=list,
        db_default=[],
        help_text="Ids of the prompts shown before this one, the latest last.",
    )
    question = models.ForeignKey(
        Question, null=True, on_delete=models.PROTECT, related_name="items"
    )

    class Meta:
        ordering = ["brief", "position"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "report"], name="report_once_per_brief")
        ]

    def __str__(self) -> str:
        return f"{self.report} in {self.brief}"
