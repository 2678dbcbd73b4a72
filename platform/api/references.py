"""Naming somebody or something in a body by one of its keys: ``{"external_id": "HR-2041"}``."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeGuard
from uuid import UUID

from django.db.models import Q

from api.pages import as_uid
from api.problems import InvalidBody
from api.strict_json import MAX_ERRORS
from learning.models import Outcome, Path, Role, Skill
from tenants.people.models import Person

PERSON_KEYS = ("uid", "external_id", "employee_number", "email")


def read_reference(value: Any, keys: tuple[str, ...], pointer: str) -> tuple[str, str | UUID]:
    """Which key, and its value; raises `InvalidBody` where it is not exactly one of `keys`."""
    said = " or ".join(f'{{"{key}": …}}' for key in keys)
    if not isinstance(value, Mapping) or len(value) != 1 or next(iter(value)) not in keys:
        raise InvalidBody((pointer, f"Name it by exactly one of {said}."))
    [(key, text)] = value.items()
    if not text or not is_text(text):
        raise InvalidBody((f"{pointer}/{key}", "Send a text that is not blank."))
    if key != "uid":
        return key, text.lower() if key == "email" else text
    if (uid := as_uid(text)) is None:
        raise InvalidBody((f"{pointer}/uid", f"{text[:60]!r} is not a uid."))
    return key, uid


def named(thing: Outcome | Path | Role | Skill) -> dict[str, Any]:
    """As an answer names it."""
    return {"uid": thing.uid, "slug": thing.slug, "name": thing.name}


def find_person(value: Any, pointer: str) -> Person:
    """Whom a body names; raises `InvalidBody` where that is nobody here. One query."""
    key, text = read_reference(value, PERSON_KEYS, pointer)
    person: Person | None = Person.objects.filter(**{key: text}).first()
    if person is None:
        raise InvalidBody((f"{pointer}/{key}", f"{str(text)[:60]!r} is nobody here."))
    return person


def find_people(values: Sequence[Any], pointer: str) -> list[Person]:
    """Whom the entries of a list name, in its order; raises `InvalidBody` with all that are wrong.

    One query, however many.
    """
    named: dict[int, tuple[str, str | UUID]] = {}
    errors: dict[int, tuple[str, str]] = {}
    for place, value in enumerate(values):
        try:
            named[place] = read_reference(value, PERSON_KEYS, f"{pointer}/{place}")
        except InvalidBody as error:
            [told] = error.errors
            errors[place] = str(told["pointer"]), str(told["detail"])
    found = _people_by_key(set(named.values()))
    for place, (key, text) in named.items():
        if (key, text) not in found:
            errors[place] = f"{pointer}/{place}/{key}", f"{str(text)[:60]!r} is nobody here."
    if errors:
        raise InvalidBody(*(errors[place] for place in sorted(errors)[:MAX_ERRORS]))
    return [found[each] for each in named.values()]


def _people_by_key(named: Collection[tuple[str, str | UUID]]) -> dict[tuple[str, Any], Person]:
    chosen = Q(pk__in=())
    for key in PERSON_KEYS:
        chosen |= Q(**{f"{key}__in": [text for kind, text in named if kind == key]})
    people = Person.objects.filter(chosen).defer("password")
    return {(key, getattr(person, key)): person for person in people for key in PERSON_KEYS}


def is_text(value: Any) -> TypeGuard[str]:
    """Whether it can be stored and looked up: JSON can hold NUL, and half of a character."""
    return isinstance(value, str) and not any(
        character == "\0" or "\ud800" <= character <= "\udfff" for character in value
    )
