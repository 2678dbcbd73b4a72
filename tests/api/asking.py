"""Asking the API: addresses, tokens, requests with them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from api.models import ApiToken, Scope

FEED = "/api/v1/learning-records"
Visit = Callable[..., Client]


def issue(
    scopes: list[str] | None = None, *, name: str = "HRIS", expires_at: datetime | None = None
) -> str:
    """A token's text, of the company that is set; by default it may do everything for a day."""
    _, text = ApiToken.issue(
        name=name,
        scopes=Scope.values if scopes is None else scopes,
        expires_at=expires_at or timezone.now() + timedelta(days=1),
    )
    return text


def ask(client: Client, path: str, token: str | None = None, **options: Any) -> Any:
    """The response to GET with that token."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return client.get(path, headers=headers | options.pop("headers", {}), **options)
