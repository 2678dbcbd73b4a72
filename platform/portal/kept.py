"""Words that somebody typed and could not send: they had been signed out meanwhile.

Kept half an hour in the session they then sign in with, encrypted, and for nobody else.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from tenants.companies.encryption import Unreadable, decrypt, encrypt
from tenants.people.models import Person

KEPT: Final = timedelta(minutes=30)
MOST: Final = 10_000  # bytes
STAMP: Final = "reader"
KEY: Final = "kept_words"
NEVER: Final = ("csrfmiddlewaretoken", STAMP)


@dataclass(frozen=True)
class Words:
    """The fields of a form in their order, where it goes, where it stood, and whose it is."""

    path: str
    page: str
    reader: str
    fields: list[tuple[str, str]]


def words_of(request: HttpRequest, *, page: str) -> Words | None:
    """What a form with its reader's stamp sent; None without one, or past 10 kB."""
    reader = request.POST.get(STAMP, "")
    if not _is_uid(reader):
        return None
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name not in NEVER
    ]
    words = Words(request.path, page, reader, fields)
    return words if len(json.dumps(fields).encode()) <= MOST else None


def keep(request: HttpRequest, words: Words) -> bool:
    """Whether the session keeps them: somebody here has to have this stamp. A query."""
    if not Person.objects.filter(uid=words.reader).exists():
        return False
    request.session[KEY] = {
        "at": timezone.now().timestamp(),
        "path": words.path,
        "page": words.page,
        "reader": words.reader,
        "fields": encrypt(json.dumps(words.fields)),
    }
    return True


def kept_for(request: HttpRequest, person: Person) -> Words | None:
    """What this session keeps for this person. Anybody else's words, or old ones, are dropped."""
    found = request.session.get(KEY)
    if found is None:
        return None
    fresh = timezone.now().timestamp() - found["at"] <= KEPT.total_seconds()
    if fresh and found["reader"] == str(person.uid):
        try:
            fields = _pairs(json.loads(decrypt(found["fields"])))
        except Unreadable:
            fields = []  # the keys were changed within this half hour
        if fields:
            return Words(found["path"], found["page"], found["reader"], fields)
    forget(request)
    return None


def forget_sent(request: HttpRequest) -> None:
    """What is on its way to where it was meant need not be kept."""
    found = request.session.get(KEY)
    if found is not None and found["path"] == request.path:
        forget(request)


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def _pairs(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in rows]


def _is_uid(stamp: str) -> bool:
    try:
        return str(UUID(stamp)) == stamp
    except ValueError:
        return False
