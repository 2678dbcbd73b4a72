"""Trying a connection: the whole way to the provider and back, and nobody is signed in by it.

What came back is kept in the session of whoever tries, to be shown to them.
"""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from tenants.people.models import Person
from tenants.people.single_sign_on.identities import Identity
from tenants.people.single_sign_on.models import SignInConnection

KEY: Final = "sign_in_trial"
MAY_TRY: Final = "single_sign_on.change_signinconnection"
LONGEST: Final = 200  # characters of a claim
OF_THE_TOKEN: Final = frozenset(
    [
        *("iss", "aud", "azp", "exp", "iat", "nbf", "nonce", "jti", "sid", "acr", "amr", "aio"),
        *("auth_time", "at_hash", "c_hash", "uti", "rh", "ver"),
    ]
)
"""Claims about a token, not about whoever it is about."""


def may_try(request: HttpRequest | None) -> bool:
    """Whether whoever is signed in sets connections up."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and user.has_perm(MAY_TRY))


def page(connection: SignInConnection) -> str:
    """Where the outcome is shown."""
    return reverse("admin:single_sign_on_signinconnection_trial", args=[connection.pk])


def is_trial(request: HttpRequest, connection: SignInConnection, state: dict[str, Any]) -> bool:
    """A connection that is off is only tried; one that is on, by whoever came from its page."""
    return may_try(request) and (not connection.is_on or state.get("next") == page(connection))


def remember(
    request: HttpRequest,
    connection: SignInConnection,
    reason: str,
    *,
    identity: Identity | None = None,
    person: Person | None = None,
) -> None:
    """Keep what came for the page that shows it; where somebody was found, it went well."""
    claims = identity.claims if identity else {}
    request.session[KEY] = {
        "connection": str(connection.uid),
        "reason": reason,
        "person": str(person) if person else "",
        "is_self": bool(person and person == request.user),
        "claims": {
            name: str(value)[:LONGEST]
            for name, value in sorted(claims.items())
            if name not in OF_THE_TOKEN
        },
    }
    if person:
        connection.tried_at, connection.tried_by = timezone.now(), request.user  # type: ignore[assignment]
        connection.save(update_fields=["tried_at", "tried_by"])


def outcome(request: HttpRequest, connection: SignInConnection) -> dict[str, Any] | None:
    """What the last try in this session brought."""
    kept = request.session.get(KEY)
    mine = isinstance(kept, dict) and kept.get("connection") == str(connection.uid)
    return kept if mine else None
