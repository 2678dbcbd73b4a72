"""What a client sends: JSON of a stated size, as SCIM's media type or plain JSON."""

import json
from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request
from scim2_models import InvalidSyntaxException

from api import bodies
from api.problems import InvalidBody
from api.scim.resources import BULK_BYTES
from api.strict_json import MAX_DIGITS

ACCEPTED = ("application/scim+json", "application/json")


def read_body(request: Request) -> Mapping[str, Any]:
    """The JSON object in a request's body; raises 411, 413, 415 or 400 ``invalidSyntax``.

    A body longer than `BULK_BYTES` is not read. No name may be there twice, also not in another
    case: which of the two is meant nobody knows (RFC 7493, section 2.3; RFC 7643, section 2.1).
    """
    bodies.media_type_of(request, ACCEPTED)
    try:
        text = bodies.as_text(bodies.read_body(request, BULK_BYTES))
    except InvalidBody as error:
        raise InvalidSyntaxException(detail=str(error.errors[0]["detail"])) from error
    try:
        body = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_constant=_refuse
        )
    except RecursionError as error:
        raise InvalidSyntaxException(detail="The body is nested too deeply.") from error
    except ValueError as error:
        raise InvalidSyntaxException(detail=f"The body is not JSON: {error}.") from error
    if not isinstance(body, dict):
        raise InvalidSyntaxException(detail="The body has to be a JSON object.")
    return body


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: set[str] = set()
    for name, _ in pairs:
        lower = name.lower()
        if lower in seen:
            raise ValueError(f"{name!r:.60} is there more than once")
        seen.add(lower)
    return dict(pairs)


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number may have {MAX_DIGITS} digits, not {len(digits)}")
    return int(digits)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON value")
