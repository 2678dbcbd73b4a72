"""Secrets and signatures as Standard Webhooks 1.0 has them."""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from standardwebhooks import Webhook

PREFIX: Final = "whsec_"
BYTES: Final = 32


def new_secret() -> str:
    """``whsec_`` and 32 random bytes in Base64."""
    return PREFIX + b64encode(secrets.token_bytes(BYTES)).decode()


def headers(message: str, body: str, *, at: datetime, by: Sequence[str]) -> dict[str, str]:
    """The three headers of an attempt, signed by each of the secrets.

    `message` is the same at every attempt, `at` is when this one is made (with its time zone).
    """
    signatures = [Webhook(secret).sign(message, at.astimezone(UTC), body) for secret in by]
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
