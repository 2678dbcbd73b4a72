from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import pgettext_lazy

from tenants.companies.context import current_company
from tenants.companies.identifiers import Identified
from tenants.companies.models import validate_time_zone
from tenants.people.chart import loop_closed_by
from tenants.people.querysets import PersonManager

SESSION_SALT: Final = "tenants.people.session"


class EmploymentStatus(models.TextChoices):
    PREHIRE = "prehire", pgettext_lazy("somebody", "starts later")
    ACTIVE = "active", pgettext_lazy("somebody", "active")
    LEAVE = "leave", pgettext_lazy("somebody", "on leave")
    TERMINATED = "terminated", pgettext_lazy("somebody", "left")


MAY_SIGN_IN: Final = (EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE)


class Department(Identified):
    name = models.CharField(max_length=150, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(Identified, AbstractBaseUser, PermissionsMixin):
    """Somebody who works at the company; also who signs in (the user model)."""

    external_id = models.CharField(
        max_length=200,
        null=True,
        blank=True,
        unique=True,
        help_text="The HRIS's own key, which never changes.",
    )
    employee_number = models.CharField(max_length=60, null=True, blank=True, unique=True)
    email = models.EmailField(
        "e-mail",
        null=True,
        blank=True,
        unique=True,
        error_messages={"unique": "Somebody else has this e-mail address."},
    )
    user_name = models.CharField(
        max_length=200,
        null=True,
        blank=True,
        unique=True,
        help_text="The identity provider's name for them (SCIM's userName).",
    )
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    preferred_name = models.CharField(max_length=100, blank=True)
    job_title = models.CharField(max_length=150, blank=True)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    location = models.CharField(max_length=150, blank=True)
    manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    awaited_manager = models.CharField(
        max_length=220,
        blank=True,
        editable=False,
        help_text="A manager the HRIS named whom we do not know yet, as key:value.",
    )
    employment_status = models.CharField(
        max_length=10, choices=EmploymentStatus.choices, default=EmploymentStatus.ACTIVE
    )
    hired_on = models.DateField(null=True, blank=True)
    rehired_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    time_zone = models.CharField(
        max_length=50,
        blank=True,
        validators=[validate_time_zone],
        help_text="Empty: the company's.",
    )
    locale = models.CharField(
        max_length=10, blank=True, choices=settings.LANGUAGES, help_text="Empty: the company's."
    )
    deprovisioned_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When the identity provider deleted them; until they come back, SCIM has none.",
    )
    access_ended_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When they last left: sessions from before stay dead when they come back.",
    )
    attributes = models.JSONField(
        default=dict, blank=True, help_text="Whatever else the HRIS sends."
    )
    is_staff = models.BooleanField("may open the admin site", default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["given_name"]

    class Meta:
        verbose_name_plural = "people"
        ordering = ["family_name", "given_name", "id"]
        constraints = [
            models.CheckConstraint(
                name="person_is_not_their_own_manager",
                condition=~Q(manager=F("id")) | Q(manager=None),
                violation_error_message="Nobody manages themselves.",
            ),
            models.CheckConstraint(
                name="person_email_is_lower_case",
                condition=Q(email=Lower("email")) | Q(email=None),
            ),
            models.CheckConstraint(
                name="person_user_name_is_lower_case",
                condition=Q(user_name=Lower("user_name")) | Q(user_name=None),
            ),
            models.CheckConstraint(
                name="person_keys_are_null_rather_than_empty",
                condition=~Q(email="")
                & ~Q(external_id="")
                & ~Q(employee_number="")
                & ~Q(user_name=""),
            ),
        ]
        indexes = [
            models.Index(fields=["employment_status"], name="person_status"),
            models.Index(
                fields=["awaited_manager"], name="person_awaited", condition=~Q(awaited_manager="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.called} {self.family_name}".strip()

    @property
    def called(self) -> str:
        """What a colleague says: the preferred name, else the given one."""
        return self.preferred_name or self.given_name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether they may sign in: employed now, at work or on leave."""
        return self.employment_status in MAY_SIGN_IN

    @property
    def zone(self) -> ZoneInfo:
        """The time zone they live in, as far as we know: their own, else the company's."""
        return ZoneInfo(self.time_zone or current_company().time_zone)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session has to know: it changes with the password, and with leaving."""
        known = f"{self.password}{self.access_ended_at or ''}"
        return salted_hmac(SESSION_SALT, known, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower() if self.email else None
        self.external_id = self.external_id or None
        self.employee_number = self.employee_number or None
        self.user_name = self.user_name.lower() if self.user_name else None
        if self.pk and self.manager_id:
            managers = dict(Person.objects.values_list("pk", "manager_id"))
            if loop := loop_closed_by(self.pk, self.manager_id, managers):
                names = Person.objects.in_bulk(loop)
                told = " → ".join(str(names[pk]) for pk in loop)
                raise ValidationError({"manager": f"This would close a loop: {told}."})
