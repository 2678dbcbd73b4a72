"""Who asks: a bearer token of the company on whose host the request came in."""

import time
from collections.abc import Hashable, Sequence
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from api.limits import Policy, QuotaExceeded, count
from api.models import ApiToken, digest
from tenants.companies.connections import connection
from tenants.people.auditing.acting import client_address, name_actor
from tenants.people.signals import PersonChange, people_changed

READ = ("name", "scopes", "expires_at", "last_used_at", "created_by__employment_status")
USE_IS_NOTED_EVERY = timedelta(minutes=5)
KEPT: Final = 10.0  # seconds until what another process did to a token is noticed here

_known: dict[tuple[str, str], tuple[float, ApiToken]] = {}
"""Until when to believe it, and the token: by schema and digest."""


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer tl_…`` (RFC 6750), looked up in this company's schema only.

    A token that is unknown, expired, another company's, or issued by somebody who has left since is
    refused alike, and counted by the address it came from: a good one from there is not touched,
    since it is looked up first. One query every `KEPT` seconds, and a write at most every five
    minutes. A token stands for a system, so there is no user.
    """

    def authenticate(self, request: Request) -> tuple[None, ApiToken] | None:
        header = request.headers.get("Authorization", "")
        if not header:
            _count(request, "stranger", client_address(request))
            return None
        scheme, _, text = header.partition(" ")
        token = _token(digest(text.strip()))
        if scheme.lower() != "bearer" or token is None or not token.is_current:
            _count(request, "stranger", client_address(request))
            raise AuthenticationFailed
        _count(request, "token", token.pk)
        _note_use(token)
        name_actor(f"API token “{token.name}”")
        return None, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Throughline"'


def token_of(request: Request) -> ApiToken:
    """Which token asks, in a view that demands a scope; raises `AuthenticationFailed` for none."""
    if not isinstance(request.auth, ApiToken):
        raise AuthenticationFailed
    return request.auth


def _token(wanted: str) -> ApiToken | None:
    """The token with that digest. Only one that opens something is remembered."""
    now, key = time.monotonic(), (connection.schema_name, wanted)
    until, known = _known.get(key, (0.0, None))
    if known and until > now:
        return known
    tokens = ApiToken.objects.select_related("created_by").only(*READ)
    token = tokens.filter(digest=wanted).order_by().first()
    if token and token.is_current:
        _known[key] = now + KEPT, token
    return token


@receiver([post_save, post_delete], sender=ApiToken, dispatch_uid="api.forget_tokens")
def forget_tokens(**_: Any) -> None:
    _known.clear()


@receiver(people_changed, dispatch_uid="api.forget_tokens_of_leavers")
def forget_tokens_of_leavers(changes: Sequence[PersonChange], **_: Any) -> None:
    if any("employment_status" in change.fields for change in changes):
        _known.clear()


def _count(request: Request, policy: Policy, key: Hashable) -> None:
    """Raises `QuotaExceeded`. The middleware says with the answer what is left."""
    quota = count(policy, key)
    request._request.quota = quota  # type: ignore[attr-defined]
    if quota.left < 0:
        raise QuotaExceeded(quota)


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    stale = now - USE_IS_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at < stale:
        ApiToken.objects.filter(
            Q(last_used_at=None) | Q(last_used_at__lt=stale), pk=token.pk
        ).update(last_used_at=now)
        token.last_used_at = now
