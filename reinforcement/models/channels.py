"""How somebody is reached: which channel they chose, and where each channel finds them."""

from typing import Final

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from tenants.companies.encryption import EncryptedTextField
from tenants.companies.identifiers import Identified
from tenants.companies.models import Weekday

MAIL: Final = "mail"
PORTAL: Final = "portal"


def channel_choices() -> list[tuple[str, str | Promise]]:
    """Every channel there is a folder for; asked late, since channels carry what is stored here."""
    from reinforcement.channels import channels

    return [(name, channel.label) for name, channel in channels.items()]


class ChannelPreference(models.Model):
    """Where and when somebody wants their briefs. Without one: by mail, when the company says."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="channel_preference"
    )
    channel = models.CharField(max_length=20, choices=channel_choices, default=MAIL)
    day = models.PositiveSmallIntegerField(
        choices=Weekday.choices, null=True, blank=True, help_text="Empty: the company's."
    )
    hour = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(23)],
        help_text="0 to 23 on their own clock. Empty: the company's.",
    )
    paused_until = models.DateField(
        null=True, blank=True, help_text="The first day on which briefs come again."
    )
    rhythm_since = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When day, hour or time zone last changed: a moment before that was never due.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="preferred_day_is_a_weekday", condition=Q(day=None) | Q(day__range=(1, 7))
            ),
            models.CheckConstraint(
                name="preferred_hour_is_an_hour", condition=Q(hour=None) | Q(hour__range=(0, 23))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_channel_display()}"


class ChannelAddress(models.Model):
    """Where one channel finds one person: a Slack user, a webhook, or a mail address that bounced.

    While it is stopped, nothing is sent there, and the error says why.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="channel_addresses"
    )
    channel = models.CharField(max_length=20, choices=channel_choices)
    address = EncryptedTextField(help_text="A webhook's address is a secret.")
    stopped_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "channel addresses"
        constraints = [
            models.UniqueConstraint(fields=["person", "channel"], name="one_address_per_channel")
        ]

    def __str__(self) -> str:
        return f"{self.person} by {self.get_channel_display()}"


class ChannelConnection(Identified):
    """The company's own key to a chat. While it is stopped, nothing is sent; the error says why."""

    channel = models.CharField(max_length=20, choices=channel_choices, unique=True)
    workspace = models.CharField(max_length=200, help_text="What the other side calls itself.")
    token = EncryptedTextField()
    signing_secret = EncryptedTextField(help_text="What the other side signs its requests with.")
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    connected_at = models.DateTimeField()
    not_before = models.DateTimeField(
        null=True, blank=True, help_text="The other side asked us to wait until then."
    )
    stopped_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.workspace}"


class CalendarFeed(Identified):
    """A secret address of somebody's own calendar; its uid is what the link signs.

    Revoked by deleting the row: the next one has another uid.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person}'s calendar"
