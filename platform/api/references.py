"""Naming somebody or something in a body by one of its keys: ``{"external_id": "HR-2041"}``."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from api.pages import as_uid
from api.problems import InvalidBody
from tenants.people.models import Person

PERSON_KEYS = ("uid", "external_id", "employee_number", "email")


def read_reference(value: Any, keys: tuple[str, ...], pointer: str) -> tuple[str, str | UUID]:
    """Which key, and its value; raises `InvalidBody` where it is not exactly one of `keys`."""
    said = " or ".join(f'{{"{key}": …}}' for key in keys)
    if not isinstance(value, Mapping) or len(value) != 1 or next(iter(value)) not in keys:
        raise InvalidBody((pointer, f"Name it by exactly one of {said}."))
    [(key, text)] = value.items()
    if not isinstance(text, str) or not text or "\0" in text or not _is_whole(text):
        raise InvalidBody((f"{pointer}/{key}", "Send a text that is not blank."))
    if key != "uid":
        return key, text.lower() if key == "email" else text
    if (uid := as_uid(text)) is None:
        raise InvalidBody((f"{pointer}/uid", f"{text[:60]!r} is not a uid."))
    return key, uid


def find_person(value: Any, pointer: str) -> Person:
    """Whom a body names; raises `InvalidBody` where that is nobody here. One query."""
    key, text = read_reference(value, PERSON_KEYS, pointer)
    person: Person | None = Person.objects.filter(**{key: text}).first()
    if person is None:
        raise InvalidBody((f"{pointer}/{key}", f"{str(text)[:60]!r} is nobody here."))
    return person


def _is_whole(text: str) -> bool:
    """Whether it can be stored and looked up: JSON can hold half of a character."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
