"""What a client sends: JSON of a stated size, as SCIM's media type or plain JSON."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.http import parse_header_parameters
from rest_framework.exceptions import UnsupportedMediaType
from scim2_models import InvalidSyntaxException, PayloadTooLargeException

from api.scim.resources import BULK_BYTES

ACCEPTED = ("application/scim+json", "application/json")


def read_body(request: HttpRequest) -> Mapping[str, Any]:
    """The JSON object in a request's body; raises 413, 415 or 400 ``invalidSyntax``.

    A body longer than `BULK_BYTES` is not read.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > BULK_BYTES:
        raise PayloadTooLargeException(detail=f"Send at most {BULK_BYTES} bytes at once.")
    media_type, _ = parse_header_parameters(request.content_type or "")
    if media_type not in ACCEPTED:
        raise UnsupportedMediaType(
            media_type, detail=f"Send {ACCEPTED[0]}, not {media_type or 'a body without a type'}."
        )
    try:
        body = json.loads(request.body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise InvalidSyntaxException(detail=f"The body is not JSON: {error}.") from error
    if not isinstance(body, dict):
        raise InvalidSyntaxException(detail="The body has to be a JSON object.")
    return body


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON value")
