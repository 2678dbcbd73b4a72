from django.db import models

from learning.models import Observation
from reinforcement.models.briefs import BriefItem
from reinforcement.models.channels import channel_choices
from reinforcement.models.prompts import Choice
from tenants.companies.encryption import EncryptedTextField
from tenants.companies.identifiers import Identified


class Answer(Identified):
    """What the manager answered about one report in one week; changed until the next brief."""

    item = models.OneToOneField(BriefItem, on_delete=models.CASCADE, related_name="answer")
    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="answers")
    note = EncryptedTextField(blank=True, help_text="Only whoever wrote it reads it.")
    via = models.CharField(max_length=20, choices=channel_choices)
    answered_at = models.DateTimeField()
    observation = models.OneToOneField(
        Observation, null=True, on_delete=models.SET_NULL, related_name="answer"
    )

    def __str__(self) -> str:
        return f"{self.item}: {self.choice}"
