from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.paths import Path
from tenants.companies.identifiers import Identified


class PathSuggestion(Identified):
    """A manager says which path would help somebody, and why; L&D gives it or says why not.

    The manager reads what became of it, L&D's answer included.
    """

    class State(models.TextChoices):
        OPEN = "open", _("with L&D")
        TAKEN = "taken", _("given")
        DECLINED = "declined", _("declined")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="path_suggestions"
    )
    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="suggestions")
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    because = models.CharField(max_length=300, help_text="What would get better, in their words.")
    suggested_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        max_length=300, blank=True, help_text="Why not; whoever suggested it reads this."
    )

    class Meta:
        ordering = ["-suggested_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "path"],
                name="one_open_suggestion_per_person_and_path",
                condition=Q(state="open"),
            ),
            models.CheckConstraint(name="suggestion_says_why", condition=~Q(because="")),
            models.CheckConstraint(
                name="suggestion_is_open_or_decided",
                condition=Q(state="open", decided_at=None)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="declined_suggestion_has_an_answer", condition=~Q(state="declined", answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.path}"
