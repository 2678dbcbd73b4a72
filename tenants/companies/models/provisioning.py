from datetime import timedelta

from django.db import models
from django.db.models import Q

from tenants.companies.identifiers import Identified
from tenants.companies.models.companies import Company


class ProvisioningRun(Identified):
    """The setting up of a company, step by step. The same run goes on after a failure."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="provisioning")
    began_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Setting up {self.company}"


class ProvisioningStep(models.Model):
    """One step of it, its state, and how long it took when it was last tried."""

    class Kind(models.TextChoices):
        """In the order they are done."""

        ADDRESS = "address"
        TABLES = "tables"
        OWNER = "owner"
        MAIL = "mail"

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    run = models.ForeignKey(ProvisioningRun, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, help_text="What went wrong, for whoever runs the servers.")

    class Meta:
        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "kind"], name="provisioning_step_once"),
            models.CheckConstraint(
                name="provisioning_step_over_is_timed",
                condition=Q(state__in=["waiting", "running"])
                | Q(began_at__isnull=False, ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"

    @property
    def took(self) -> timedelta | None:
        """How long it took, once it is over."""
        return self.ended_at - self.began_at if self.began_at and self.ended_at else None
