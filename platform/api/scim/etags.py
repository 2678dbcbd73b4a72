"""Versions of resources: weak entity tags (RFC 7644, section 3.14; RFC 9110, section 8.8.3)."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from scim2_models import PreconditionFailedException

TAG = re.compile(r'(?:W/)?("[^"]*")')


def version_of(representation: Mapping[str, Any]) -> str:
    """The tag of a whole representation, but for its ``meta``."""
    told = {name: value for name, value in representation.items() if name != "meta"}
    written = json.dumps(told, sort_keys=True, ensure_ascii=False).encode()
    return f'W/"{hashlib.sha256(written).hexdigest()[:24]}"'


def matches(header: str, version: str) -> bool:
    """Whether a list of tags, or ``*``, holds this version; weak tags equal strong ones."""
    return header.strip() == "*" or version.removeprefix("W/") in TAG.findall(header)


def check_match(header: str | None, version: str) -> None:
    """Raises `PreconditionFailedException` (412) where ``If-Match`` names another version."""
    if header is not None and not matches(header, version):
        raise PreconditionFailedException(
            detail="Somebody changed this since you read it: read it again, then write."
        )
