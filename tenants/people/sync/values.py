"""From a raw value (text or JSON) to what is stored, or the sentence saying why not."""

import json
import re
import zoneinfo
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache, partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model

from tenants.people.models import Department, EmploymentStatus, Person

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
NO_TEXT = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold (XML 1.0, section 2.2): one such name, and no brief with it goes out."""
ATTRIBUTES_LIMIT = 10_000  # characters as JSON: every run reads those of everybody
REFERENCE_LIMIT = 200  # with the name of its key it has to fit into `Person.awaited_manager`


class BadValue(ValueError):  # the rest of a sentence that starts with the value
    """Reads on from field and value: "… is not a date; write it like 2020-02-28"."""


def as_uid(raw: Any) -> UUID | None:
    """A uid of ours, or None where it cannot be one."""
    try:
        return raw if isinstance(raw, UUID) else UUID(raw)
    except (ValueError, TypeError, AttributeError):
        return None


def text(raw: Any, limit: int) -> str:
    """One line of text, blanks collapsed; "" for None. A whole number counts as text."""
    if raw is None:
        return ""
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        raise BadValue("is not text")
    value = " ".join(raw.split())
    if len(value) > limit:
        raise BadValue(f"is longer than {limit} characters")
    if not value.isprintable():
        _check_storable(value)
    return value


def _check_storable(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadValue("holds half a character; send it as UTF-8") from error
    if "\0" in value:
        raise BadValue("holds a NUL character, which cannot be stored")
    if NO_TEXT.search(value):
        raise BadValue("holds a control character, which is no text")


def key(raw: Any, limit: int) -> str | None:
    return text(raw, limit) or None


def lower_key(raw: Any, limit: int) -> str | None:
    return text(raw, limit).lower() or None


def required_text(raw: Any, limit: int) -> str:
    if value := text(raw, limit):
        return value
    raise BadValue("is blank, and everybody needs one")


def email(raw: Any, limit: int) -> str | None:
    value = text(raw, limit).lower()
    if not value:
        return None
    try:
        validate_email(value)
    except ValidationError as error:
        raise BadValue("is not an e-mail address") from error
    return value


def day(raw: Any) -> date | None:
    if isinstance(raw, datetime):
        return raw.date()
    if raw is None or isinstance(raw, date):
        return raw
    if isinstance(raw, str):
        return _iso_date(raw.strip())
    raise BadValue("is not a date; write it like 2020-02-28")


@lru_cache(maxsize=10_000)
def _iso_date(value: str) -> date | None:
    if not value:
        return None
    try:
        if ISO_DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError as error:
        raise BadValue("is not a day of the calendar; write it like 2020-02-28") from error
    raise BadValue("is not a date; write it like 2020-02-28")


def status(raw: Any) -> str | None:
    value = text(raw, 200).lower()
    if not value or value in EmploymentStatus:
        return value or None
    raise BadValue(f"is not a status; use {_either(EmploymentStatus.values)}")


def time_zone(raw: Any) -> str:
    value = text(raw, 200)
    if not value or value in _time_zones():
        return value
    raise BadValue("is not a time zone; use an IANA name such as Europe/Berlin")


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def locale(raw: Any) -> str:
    """One of our languages; the country of "de-AT" is dropped."""
    value = text(raw, 200).lower().replace("_", "-")
    known = [code for code, _ in settings.LANGUAGES]
    for candidate in (value, value.partition("-")[0]):
        if not candidate or candidate in known:
            return candidate
    raise BadValue(f"is not a language we speak; use {_either(known)}")


def attributes(raw: Any) -> dict[str, Any]:
    if raw is None or raw == "":
        return {}
    if not isinstance(raw, dict):
        raise BadValue("is not a JSON object")
    try:
        written = json.dumps(raw, allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise BadValue("is not a JSON object") from error
    if ESCAPED_NUL.search(written):
        raise BadValue("holds a NUL character, which cannot be stored")
    _check_storable(written)
    if len(written) > ATTRIBUTES_LIMIT:
        raise BadValue(f"is longer than {ATTRIBUTES_LIMIT} characters, written as JSON")
    return raw


def _either(options: list[str]) -> str:
    return f"{', '.join(options[:-1])} or {options[-1]}"


def _limit(name: str) -> int:
    if name == "department":
        return _limit_of(Department, "name")
    return _limit_of(Person, name)


def _limit_of(model: type[Model], name: str) -> int:
    field: Any = model._meta.get_field(name)
    length: int = field.max_length
    return length


CLEANERS: dict[str, Callable[[Any], Any]] = {
    **{
        name: partial(text, limit=_limit(name))
        for name in ("family_name", "preferred_name", "job_title", "location")
    },
    **{
        name: partial(key, limit=_limit(name))
        for name in ("external_id", "employee_number", "department")
    },
    "email": partial(email, limit=_limit("email")),
    "user_name": partial(lower_key, limit=_limit("user_name")),
    "given_name": partial(required_text, limit=_limit("given_name")),
    "employment_status": status,
    **dict.fromkeys(("hired_on", "rehired_on", "ended_on"), day),
    "time_zone": time_zone,
    "locale": locale,
    "attributes": attributes,
}
