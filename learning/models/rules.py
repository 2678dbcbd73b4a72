from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from learning.models.paths import Path
from learning.models.roles import Outcome, Role
from tenants.companies.identifiers import Identified
from tenants.people.models import Department, EmploymentStatus

HERE = [
    (status.value, status.label)
    for status in EmploymentStatus
    if status != EmploymentStatus.TERMINATED
]


def at_work() -> list[str]:
    return [EmploymentStatus.ACTIVE.value]


class AssignmentRule(Identified):
    """Gives a path to everybody who meets its conditions, once per person.

    Conditions narrow each other; one that names nothing lets everybody through.
    """

    name = models.CharField(max_length=120, unique=True)
    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="rules")
    roles = models.ManyToManyField(
        Role, blank=True, related_name="+", help_text="None: whatever their role."
    )
    departments = models.ManyToManyField(
        Department, blank=True, related_name="+", help_text="None: wherever they work."
    )
    locations = ArrayField(
        models.CharField(max_length=150), default=list, blank=True, help_text="None: any place."
    )
    statuses = ArrayField(
        models.CharField(max_length=10, choices=HERE),
        default=at_work,
        verbose_name="employment status",
        help_text="Nobody who has left is given anything.",
    )
    days_since_hire_from = models.PositiveSmallIntegerField(
        "days since hire, from", null=True, blank=True, help_text="0 is the first day."
    )
    days_since_hire_to = models.PositiveSmallIntegerField(
        "days since hire, to", null=True, blank=True, help_text="Empty: no end."
    )
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="rules")
    claim = models.CharField(max_length=200)
    because = models.CharField(max_length=300)
    sign = models.CharField(max_length=300)
    active = models.BooleanField("switched on", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    switched_on_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="rule_has_its_framing",
                condition=~Q(claim="") & ~Q(because="") & ~Q(sign=""),
            ),
            models.CheckConstraint(
                name="rule_days_run_forward",
                condition=Q(days_since_hire_from=None)
                | Q(days_since_hire_to=None)
                | Q(days_since_hire_to__gte=F("days_since_hire_from")),
                violation_error_message="The days since hire end before they begin.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.outcome_id and self.path_id and self.outcome.role_id != self.path.role_id:
            raise ValidationError(
                {"outcome": f"{self.outcome} is not an outcome of {self.path.role}."}
            )
        first, last = self.days_since_hire_from, self.days_since_hire_to
        if first is not None and last is not None and last < first:
            raise ValidationError(
                {"days_since_hire_to": f"This ends before it begins, on day {first}."}
            )


class RuleMatch(models.Model):
    """The rule has had its say about this person, and does not come back to them."""

    rule = models.ForeignKey(AssignmentRule, on_delete=models.CASCADE, related_name="matches")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rule_matches"
    )
    assignment = models.ForeignKey(
        "learning.Assignment",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What they were given; none where they had the path already.",
    )
    matched_at = models.DateTimeField()

    class Meta:
        ordering = ["-matched_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "person"], name="rule_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.person}"


class RuleRun(models.Model):
    """The nightly run of all rules: once per day of the company's own calendar."""

    day = models.DateField(unique=True)
    ran_at = models.DateTimeField()
    assigned = models.PositiveIntegerField(default=0, help_text="Paths that it gave.")

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.assigned}"
