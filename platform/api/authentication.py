"""Who asks: a bearer token of the company on whose host the request came in."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from api.models import ApiToken, digest

READ = ("name", "scopes", "expires_at", "last_used_at", "created_by__employment_status")
USE_IS_NOTED_EVERY = timedelta(minutes=5)


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer tl_…`` (RFC 6750), looked up in this company's schema only.

    A token that is unknown, expired, another company's, or issued by somebody who has left since is
    refused alike. One query, and a write at most every five minutes. A token stands for a system, so there is no user.
    """

    def authenticate(self, request: Request) -> tuple[None, ApiToken] | None:
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _, text = header.partition(" ")
        tokens = ApiToken.objects.select_related("created_by").only(*READ)
        token = tokens.filter(digest=digest(text.strip())).order_by().first()
        if scheme.lower() != "bearer" or token is None or not token.is_current:
            raise AuthenticationFailed
        _note_use(token)
        return None, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Throughline"'


def token_of(request: Request) -> ApiToken:
    """Which token asks, in a view that demands a scope; raises `AuthenticationFailed` for none."""
    if not isinstance(request.auth, ApiToken):
        raise AuthenticationFailed
    return request.auth


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    stale = now - USE_IS_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at < stale:
        ApiToken.objects.filter(
            Q(last_used_at=None) | Q(last_used_at__lt=stale), pk=token.pk
        ).update(last_used_at=now)
