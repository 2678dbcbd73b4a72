"""Doing something once: what it writes and the answer to it are stored together or not at all."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from django.db import connection as _connection
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from api.authentication import token_of
from api.bodies import read_ahead
from api.idempotency.keys import HEADER, fingerprint_of, read_key
from api.idempotency.models import KEPT, KeptAnswer
from api.models import ApiToken
from api.problems import Conflict
from tenants.companies.connections import connection
from tenants.companies.encryption import Unreadable

IN_USE: Final = "urn:throughline:problem:idempotency-key-in-use"
REUSED: Final = "urn:throughline:problem:idempotency-key-reused"
LOST: Final = "urn:throughline:problem:idempotency-answer-lost"
CLAIM: Final = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
AGAIN: Final = 1  # seconds until the answer may be there


class KeyReused(APIException):
    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    problem_type = REUSED
    default_detail = (
        f"This {HEADER} came with another request before: another address, media type or body. "
        "Take a new key for a new request."
    )


@dataclass(frozen=True)
class Attempt:
    """The request that was first to bring its key."""

    token: ApiToken
    key: str
    fingerprint: str

    def keep(self, response: HttpResponseBase) -> None:
        """Raises `TypeError` for a stream: no POST answers with one."""
        if not isinstance(response, HttpResponse):
            raise TypeError(f"{response} cannot be kept.")
        kept = KeptAnswer(
            token=self.token,
            key=self.key,
            fingerprint=self.fingerprint,
            answered_at=timezone.now(),
        )
        kept.pack(response)
        kept.save(force_insert=True)


def begin(request: Request, *, limit: int) -> Attempt | HttpResponse:
    """The attempt that is to be made under its key, or the answer there is already.

    To be called inside the transaction that the attempt is made in: whoever else brings the key
    meanwhile is told to come back, and if the transaction breaks off, it never was. Two queries,
    and one more for an answer that is there already.

    Raises `KeyMalformed`, `KeyReused`, `Conflict`, and what reading a body of at most `limit` bytes
    does.
    """
    token, key = token_of(request), read_key(request)
    fingerprint = fingerprint_of(request, read_ahead(request, limit))
    _claim(f"idempotency.{connection.schema_name}.{token.pk}.{key}")
    kept = KeptAnswer.objects.defer("body").filter(token=token, key=key).first()
    if kept and kept.answered_at <= timezone.now() - KEPT:
        kept.delete()
        kept = None
    if kept is None:
        return Attempt(token, key, fingerprint)
    if kept.fingerprint != fingerprint:
        raise KeyReused
    return _told_again(kept)


def forget_old_answers(*, now: datetime) -> int:
    """Deletes what was kept long enough; returns how many. One query."""
    unread = KeptAnswer.objects.defer("body")  # no key may be there for it by now
    return unread.filter(answered_at__lte=now - KEPT).delete()[0]


def _told_again(kept: KeptAnswer) -> HttpResponse:
    """Raises `Conflict` where the key that encrypted it is gone."""
    try:
        return kept.unpacked()
    except Unreadable as error:
        told = (
            "This was done, but what we answered cannot be read any more: look at what is there "
            f"now, and take a new {HEADER}."
        )
        raise Conflict(told, LOST) from error


def _claim(name: str) -> None:
    """Until the transaction ends; its end shows what it wrote before it lets go."""
    with _connection.cursor() as cursor:
        cursor.execute(CLAIM, [name])
        [(ours,)] = cursor.fetchall()
    if not ours:
        told = f"A request with this {HEADER} is being done: ask again in a moment."
        raise Conflict(told, IN_USE, wait=AGAIN)
