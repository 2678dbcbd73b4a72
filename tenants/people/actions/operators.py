"""Operators: people of ``public``, who run this installation. Every call works there."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django_tenants.utils import get_public_schema_name, schema_context

from tenants.people.models import EmploymentStatus, Person


def create_operator(
    *,
    email: str,
    given_name: str,
    family_name: str = "",
    time_zone: str = "",
    password: str | None = None,
) -> Person:
    """Somebody who may use the operator's console; without a password, until they choose one.

    Raises `ValidationError`: for an address that is none, or that somebody has, and for a password
    that is too weak.
    """
    operator = Person(
        email=email.strip().lower(),
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        time_zone=time_zone,
        is_staff=True,
        is_superuser=True,
        password=make_password(None),
    )
    with schema_context(get_public_schema_name()), transaction.atomic():
        operator.full_clean(exclude=["password"])
        if password is not None:
            validate_password(password, operator)
            operator.set_password(password)
        operator.save()
    return operator


def forget_password(*, operator: Person) -> Person:
    """Theirs opens nothing any more, nor do their sessions; they can choose another one."""
    with schema_context(get_public_schema_name()):
        operator.set_unusable_password()
        operator.save(update_fields=["password", "updated_at"])
    return operator


def dismiss_operator(*, operator: Person) -> Person:
    """They cannot come in any more; what they did stays in the audit logs."""
    with schema_context(get_public_schema_name()), transaction.atomic():
        operator.employment_status = EmploymentStatus.TERMINATED
        operator.is_staff = operator.is_superuser = False
        operator.set_unusable_password()
        operator.save()
    return operator


def find_operator(*, email: str) -> Person:
    """Raises `ValidationError`, naming nobody else."""
    with schema_context(get_public_schema_name()):
        operators = Person.objects.filter(is_superuser=True)
        found: Person | None = operators.filter(email=email.strip().lower()).first()
    if found is None:
        raise ValidationError(f"There is no operator with the address {email}.")
    return found
