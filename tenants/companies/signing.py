"""Signed values that mean something in one company only: the schema is part of the salt."""

from datetime import timedelta
from typing import Any

from django.core import signing

from tenants.companies.connections import connection


class BadToken(signing.BadSignature):
    """Tampered with, made for another purpose, by another company, or expired."""


def _salt(purpose: str) -> str:
    return f"throughline.{purpose}.{connection.schema_name}"


def sign(purpose: str, value: Any) -> str:
    """A URL-safe token for `value` (JSON), good for this purpose in this company."""
    return signing.dumps(value, salt=_salt(purpose), compress=True)


def unsign(purpose: str, token: str, *, max_age: timedelta | None = None) -> Any:
    """What was signed; raises `BadToken` on anything but an untouched, current token of ours."""
    try:
        return signing.loads(token, salt=_salt(purpose), max_age=max_age)
    except signing.BadSignature as error:
        raise BadToken(str(error)) from error


def seal(purpose: str, value: Any) -> str:
    """As `sign`, without a date: equal values are equal words, and last as long as our key."""
    return signing.Signer(salt=_salt(f"{purpose}.sealed")).sign_object(value)


def unseal(purpose: str, word: str) -> Any:
    """What was sealed; raises `BadToken` on anything but an untouched word of ours."""
    try:
        return signing.Signer(salt=_salt(f"{purpose}.sealed")).unsign_object(word)
    except signing.BadSignature as error:
        raise BadToken(str(error)) from error
