from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reinforcement.models.briefs import BriefItem
from reinforcement.models.channels import channel_choices
from tenants.companies.encryption import EncryptedTextField
from tenants.companies.identifiers import Identified


class Conversation(Identified):
    """A manager and a report talked about learning on a day. Once a day, however often said.

    That it took place is what L&D sees; the note is the manager's own.
    """

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conversations"
    )
    report = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conversations_about"
    )
    item = models.ForeignKey(
        BriefItem, null=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    held_on = models.DateField(help_text="The day it was where the manager is.")
    note = EncryptedTextField(blank=True, help_text="Only the manager who wrote it reads it.")
    via = models.CharField(max_length=20, choices=channel_choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["manager", "report", "held_on"], name="one_conversation_per_pair_and_day"
            ),
            models.CheckConstraint(
                name="conversation_is_between_two", condition=~Q(manager=F("report"))
            ),
        ]
        indexes = [models.Index(fields=["report", "-held_on"], name="conversation_latest")]

    def __str__(self) -> str:
        return f"{self.manager} and {self.report}, {self.held_on}"
