"""The first person of a company, and how they come in."""

from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tenants.people.models import Person


def welcome_owner(*, email: str, given_name: str, family_name: str = "") -> Person:
    """Somebody who may do everything in this company, without a password yet.

    Asked again, it returns the same person as they are.
    """
    owner: Person
    owner, _is_new = Person.objects.get_or_create(
        email=email.lower(),
        defaults={
            "given_name": given_name,
            "family_name": family_name,
            "is_staff": True,
            "is_superuser": True,
            "password": make_password(None),
        },
    )
    return owner


@transaction.atomic
def choose_first_password(*, person: UUID, password: str) -> Person:
    """Once: raises `ValidationError` on a password that is too weak, or where there is one."""
    found: Person = Person.objects.select_for_update().get(uid=person)
    if found.has_usable_password():
        raise ValidationError(_("You have a password already. Sign in with it."), code="used")
    validate_password(password, found)
    found.set_password(password)
    found.save(update_fields=["password", "updated_at"])
    return found
