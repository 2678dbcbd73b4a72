"""What the addresses of these pages carry: signed, and good for one kind of page only.

There is no session on the way to a company: whoever holds the address goes on where it left off,
also in another browser.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.signing import SignatureExpired
from django.urls import reverse
from django.utils.translation import gettext as _

from reinforcement.links import DeadLink
from tenants.companies.context import working_for
from tenants.companies.models import Company, SignUp
from tenants.companies.signing import BadToken, sign, unsign
from tenants.people.models import Person

OUTSIDE: Final = settings.PUBLIC_SCHEMA_URLCONF

ASKED: Final = "sign-up"
"""Opens the page that asks for the code."""
CONFIRMED: Final = "sign-up.confirmed"
"""Given for the right code only: opens the company while it is being made."""
WELCOME: Final = "welcome"
"""Made in a company, for its owner: a first password."""

SIGN_UP_LIFE: Final = timedelta(days=1)
WELCOME_LIFE: Final = timedelta(minutes=60)


def page_of(sign_up: SignUp) -> str:
    """The path of the page where the code is typed in."""
    return reverse("sign_up_code", OUTSIDE, args=[sign(ASKED, str(sign_up.uid))])


def progress_of(sign_up: SignUp) -> str:
    """The path of the page where the company can be watched while it is made."""
    return reverse("sign_up_progress", OUTSIDE, args=[sign(CONFIRMED, str(sign_up.uid))])


def read_sign_up(purpose: str, token: str) -> SignUp:
    """Raises `BadToken`; and `SignUp.DoesNotExist` once it is forgotten. A query."""
    uid = unsign(purpose, token, max_age=SIGN_UP_LIFE)
    return SignUp.objects.select_related("company").get(uid=uid)


def welcome_url(company: Company, owner: Person) -> str:
    """Where the owner chooses a first password: once, and within the hour. A query."""
    with working_for(company):
        token = sign(WELCOME, str(owner.uid))
    return company.url(f"/welcome/{token}")


def read_welcome(token: str) -> UUID:
    """Who may choose a password. Raises `BadToken`, or `DeadLink` after the hour."""
    try:
        return UUID(unsign(WELCOME, token, max_age=WELCOME_LIFE))
    except BadToken as error:
        if isinstance(error.__cause__, SignatureExpired):
            raise DeadLink(_("It was good for an hour.")) from error
        raise
