"""Bodies about webhooks, read strictly: a pointer at whatever is wrong."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from api.days import moment_in
from api.problems import Conflict, InvalidBody
from api.records.filters import KINDS, no_kind
from api.references import is_text
from api.strict_json import MAX_ERRORS


def text_of(given: Mapping[str, Any], name: str) -> str | None:
    """The text of a member, None where it is left out; raises `InvalidBody` for what is none."""
    if name not in given:
        return None
    value: Any = given[name]
    if not is_text(value):
        raise InvalidBody((f"#/{name}", "Send a text."))
    return value


def flag_of(given: Mapping[str, Any], name: str, *, otherwise: bool) -> bool:
    value = given.get(name, otherwise)
    if not isinstance(value, bool):
        raise InvalidBody((f"#/{name}", "Send true or false."))
    return value


def kinds_of(given: Mapping[str, Any]) -> list[str] | None:
    """The kinds that are named, None where the member is left out."""
    if "kinds" not in given:
        return None
    kinds = given["kinds"]
    if not isinstance(kinds, list):
        raise InvalidBody(("#/kinds", "Send a list of kinds of records; an empty one is all."))
    wrong = [
        (f"#/kinds/{place}", no_kind(kind) if is_text(kind) else "Send a text.")
        for place, kind in enumerate(kinds)
        if kind not in KINDS
    ]
    if wrong:
        raise InvalidBody(*wrong[:MAX_ERRORS])
    return kinds


def moment_of(given: Mapping[str, Any], name: str) -> datetime | None:
    """A moment with its offset (RFC 3339), None where it is left out."""
    if name not in given:
        return None
    value = given[name]
    moment = moment_in(value) if is_text(value) else None
    if moment is None:
        told = "Send a moment with its offset, as 2026-11-18T08:30:00Z."
        raise InvalidBody((f"#/{name}", told))
    return moment


def refused(error: ValidationError) -> InvalidBody | Conflict:
    """What the action says: of a member of the body, or else of what there is."""
    if not hasattr(error, "error_dict"):
        return Conflict(" ".join(error.messages))
    return InvalidBody(
        *((f"#/{name}", told) for name, each in error.message_dict.items() for told in each)
    )
