"""The session on the company's host that an operator looks around with.

It is none of the person's own: no sign-in is noted for them, and it ends with the impersonation.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from tenants.companies.actions import find_impersonation
from tenants.companies.models import Company, Impersonation
from tenants.people.models import Person

KEY: Final = "impersonation"
KEPT_AFTER: Final = timedelta(hours=1)
"""So long a session that is over can still say that it is."""


def begin(request: HttpRequest, impersonation: Impersonation, person: Person) -> None:
    """In place of whatever session this browser had here. Not `login`, which would say that the
    person was here."""
    request.session.flush()
    request.session[SESSION_KEY] = person._meta.pk.value_to_string(person)
    request.session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    request.session[KEY] = str(impersonation.uid)
    assert impersonation.until is not None  # noqa: S101  # it was opened
    request.session.set_expiry(impersonation.until + KEPT_AFTER)
    rotate_token(request)


def impersonation_in(request: HttpRequest) -> Impersonation | None:
    """The one whose session this is, whether it runs or is over.

    Where nobody's cookie is to be read, nobody's is: at the API, and on pages opened by a link. A
    query, for operators only.
    """
    company = getattr(request, "company", None)
    match = request.resolver_match
    if not isinstance(company, Company) or request.path.startswith(("/api/", "/scim/")):
        return None
    if match and getattr(match.func, "sessionless", False):
        return None
    uid = request.session.get(KEY)
    return find_impersonation(company=company, uid=UUID(uid)) if uid else None
