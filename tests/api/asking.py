"""Asking the API: addresses, tokens, requests with them."""

import json
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


def send(
    client: Client,
    method: str,
    path: str,
    token: str,
    body: Any,
    *,
    content_type: str = "application/json",
    **options: Any,
) -> Any:
    """The response to a body with that token; what is not text or bytes is sent as JSON."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    content = text.encode() if isinstance(text, str) else text
    said = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(content))}
    headers = {"authorization": f"Bearer {token}"} | options.pop("headers", {})
    return client.generic(method.upper(), path, content, headers=headers, **{**said, **options})
