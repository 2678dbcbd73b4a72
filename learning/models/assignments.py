from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.models.paths import Path, PathVersion, Step
from learning.models.roles import Outcome
from tenants.companies.identifiers import Identified


class Assignment(Identified):
    """A path given to a person, with the reason why it helps them do their work."""

    class Status(models.TextChoices):
        ASSIGNED = "assigned", pgettext_lazy("path", "assigned")
        IN_PROGRESS = "in_progress", pgettext_lazy("path", "in progress")
        PAUSED = "paused", pgettext_lazy("path", "paused")
        COMPLETED = "completed", pgettext_lazy("path", "completed")
        WITHDRAWN = "withdrawn", pgettext_lazy("path", "withdrawn")

    class Source(models.TextChoices):
        HAND = "hand", _("by hand")
        RULE = "rule", _("by a rule")
        API = "api", _("by API")
        MANAGER = "manager", _("by the manager")

    class Pause(models.TextChoices):
        LEAVE = "leave", _("on leave")
        HAND = "hand", _("by hand")

    OPEN = (Status.ASSIGNED, Status.IN_PROGRESS, Status.PAUSED)
    RUNNING = (Status.ASSIGNED, Status.IN_PROGRESS)

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="assignments")
    version = models.ForeignKey(
        PathVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
        help_text="The version of the path it rests on; none: the path as it is now.",
    )
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="assignments")
    claim = models.CharField(max_length=200, help_text="close deals faster")
    because = models.CharField(max_length=300, help_text="the struggle, gap or barrier it answers")
    sign = models.CharField(max_length=300, help_text="how we will see it at work")
    source = models.CharField(max_length=7, choices=Source.choices, default=Source.HAND)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rule = models.ForeignKey(
        "learning.AssignmentRule",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assignments",
    )
    assigned_at = models.DateTimeField()
    starts_on = models.DateField()
    first_win_due_on = models.DateField()
    first_win_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(help_text="When a step last moved; 10 days without is stuck.")
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.ASSIGNED)
    pause = models.CharField("why paused", max_length=5, choices=Pause.choices, blank=True)
    paused_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(
        null=True, blank=True, help_text="When L&D offered the path as it is now."
    )
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-assigned_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "path"],
                name="one_open_assignment_per_person_and_path",
                condition=Q(status__in=["assigned", "in_progress", "paused"]),
            ),
            models.CheckConstraint(
                name="assignment_has_its_framing",
                condition=~Q(claim="") & ~Q(because="") & ~Q(sign=""),
            ),
            models.CheckConstraint(
                name="paused_assignment_says_why",
                condition=(Q(status="paused") & ~Q(pause="") & Q(paused_on__isnull=False))
                | (~Q(status="paused") & Q(pause="", paused_on=None)),
            ),
        ]
        indexes = [models.Index(fields=["status", "person"], name="assignment_status")]

    def __str__(self) -> str:
        return f"{self.person}: {self.path}"

    @property
    def framing(self) -> str:
        """The sentence that is shown wherever the path is shown."""
        told = _("This helps you %(claim)s, because %(because)s. You will see it when %(sign)s.")
        return told % {"claim": self.claim, "because": self.because, "sign": self.sign}


class PlanStep(Identified):
    """One person's own copy of a step: where it stands, and why it is there or was set aside."""

    class State(models.TextChoices):
        TO_DO = "to_do", pgettext_lazy("step", "to do")
        DOING = "doing", pgettext_lazy("step", "doing")
        DONE = "done", pgettext_lazy("step", "done")
        SET_ASIDE = "set_aside", pgettext_lazy("step", "set aside")

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="plan_steps")
    # PostgreSQL refuses to delete a step that a plan rests on: the plan gets a copy first
    step = models.ForeignKey(Step, on_delete=models.DO_NOTHING, related_name="plan_steps")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.TO_DO)
    quick_win = models.BooleanField(default=False)
    receipt_code = models.CharField(max_length=20)
    receipt = models.JSONField(
        default=dict, help_text="What the receipt's sentence is made of; see learning.receipts."
    )
    started_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    intention = models.CharField(
        max_length=300, blank=True, help_text="What I will try at work; the manager sees it."
    )

    class Meta:
        ordering = ["assignment", "position"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "step"], name="step_once_per_plan")
        ]

    def __str__(self) -> str:
        return f"{self.step} ({self.get_state_display()})"
