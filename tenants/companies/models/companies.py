import zoneinfo
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin
from django_tenants.utils import schema_context

from tenants.companies.identifiers import Identified

RESERVED_SLUGS = frozenset({"www", "api", "admin", "mail", "static", "public", "console", "health"})


def validate_time_zone(name: str) -> None:
    """Refuse what the IANA time zone database does not hold."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("%(name)s is not a time zone: use an IANA name such as Europe/Berlin."),
            params={"name": repr(name)},
        )


validate_slug = RegexValidator(
    r"^[a-z][a-z0-9-]*[a-z0-9]$",
    _("Use lower-case letters, digits and hyphens, starting with a letter."),
)


def validate_slug_is_free(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("%(slug)s is kept for Throughline itself: choose another address."),
            params={"slug": repr(slug)},
        )


class Weekday(models.IntegerChoices):
    """ISO 8601 weekdays."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class Company(Identified, TenantMixin):  # type: ignore[misc, django-manager-missing]
    """A customer: one company, one PostgreSQL schema. The rows live in ``public``."""

    class Status(models.TextChoices):
        PROVISIONING = "provisioning"
        ACTIVE = "active"
        SUSPENDED = "suspended"
        CLOSING = "closing"

    auto_create_schema: ClassVar[bool] = False  # `create_company` does, as a step with a result

    name = models.CharField(max_length=100)
    slug = models.CharField(
        max_length=40,
        unique=True,
        validators=[validate_slug, validate_slug_is_free],
        help_text="The company's address: slug.throughline.example",
    )
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PROVISIONING)
    time_zone = models.CharField(max_length=50, default="UTC", validators=[validate_time_zone])
    locale = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    brief_day = models.PositiveSmallIntegerField(choices=Weekday.choices, default=Weekday.MONDAY)
    brief_hour = models.PositiveSmallIntegerField(default=9, validators=[MaxValueValidator(23)])
    brief_size = models.PositiveSmallIntegerField(
        default=5, help_text="At most this many people in one manager's week."
    )
    rhythm_since = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When day, hour or time zone last changed."
    )
    heads_up = models.BooleanField(
        "heads-up to learners",
        default=False,
        help_text="Tell people two days before their manager is prompted to talk with them.",
    )
    sender_name = models.CharField(max_length=100, blank=True)
    brand_colour = models.CharField(
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "Write the colour as in #1d5a4b.")],
        help_text="The company's own colour, as #rrggbb; pages shade it until it can be read.",
    )
    logo = models.FileField(
        upload_to="logos/",
        blank=True,
        editable=False,
        help_text="Shown in place of the name, on pages and in mail.",
    )
    logo_width = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    logo_height = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    feed_epoch = models.PositiveIntegerField(
        default=1, help_text="Rises when a restore makes the learning-record feed start over."
    )
    single_sign_on_only = models.BooleanField(
        default=False,
        editable=False,
        help_text="Passwords open nothing: people sign in through the company's own provider.",
    )
    setup_hidden = models.BooleanField(
        "checklist for getting started is hidden",
        default=False,
        editable=False,
        help_text="The home page of the admin site no longer says what to do first.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    suspended_because = models.CharField(
        max_length=300,
        blank=True,
        editable=False,
        help_text="Why an operator switched it off, or on again; operators read it.",
    )

    class Meta:
        verbose_name_plural = "companies"
        constraints = [
            models.CheckConstraint(
                name="company_brief_day_is_a_weekday",
                condition=models.Q(brief_day__range=(1, 7)),
            ),
            models.CheckConstraint(
                name="company_brief_hour_is_an_hour",
                condition=models.Q(brief_hour__range=(0, 23)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def day_of(self, moment: datetime) -> date:
        """The day of the calendar it is then, where the company is."""
        return moment.astimezone(zoneinfo.ZoneInfo(self.time_zone)).date()

    @property
    def logo_path(self) -> str:
        """Where its logo is on its host; "" where it has none."""
        return f"/logo/{PurePosixPath(str(self.logo.name)).name}" if self.logo else ""

    def url(self, path: str = "/") -> str:
        """An absolute address on this company's host. Costs one query."""
        with schema_context("public"):
            host = self.domains.get(is_primary=True).domain
        port = f":{settings.SITE_PORT}" if settings.SITE_PORT else ""
        return f"{settings.SITE_SCHEME}://{host}{port}{path}"


class Domain(DomainMixin):  # type: ignore[misc]
    """A host name on which a company is reached."""
