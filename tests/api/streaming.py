"""Asking for the feed as a stream."""

import json
import re
from typing import Any

from django.test import Client

from tests.api.asking import ask

NDJSON = "application/x-ndjson"


def stream(client: Client, address: str, token: str, **options: Any) -> Any:
    """The response, not read yet."""
    return ask(client, address, token, headers={"accept": NDJSON}, **options)


def read(answer: Any) -> list[dict[str, Any]]:
    """Its records; each line has one, and the last is as whole as the others."""
    body = b"".join(answer.streaming_content)
    assert body == b"" or body.endswith(b"\n")
    return [json.loads(line) for line in body.split(b"\n")[:-1]]


def next_of(answer: Any) -> str:
    """The address that its `Link` leads on to."""
    found = re.fullmatch(r'<([^>]+)>; rel="next"', answer["Link"])
    assert found
    return found[1]
