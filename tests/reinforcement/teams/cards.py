"""What a posted card holds, and whether Teams would take it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

SCHEMA = json.loads(Path(__file__).with_name("adaptive-card.json").read_text())
LIMIT = 28 * 1024  # bytes; what Teams states


def checked(posted: bytes) -> dict[str, Any]:
    """The card of a message that Teams would take."""
    assert len(posted) < LIMIT
    message: dict[str, Any] = json.loads(posted)
    Draft7Validator(SCHEMA).validate(message)
    card: dict[str, Any] = message["attachments"][0]["content"]
    return card


def parts(within: Any, kind: str) -> Iterator[dict[str, Any]]:
    """Everything of that type, wherever it is, in order."""
    if isinstance(within, list):
        for each in within:
            yield from parts(each, kind)
    elif isinstance(within, dict):
        if within.get("type") == kind:
            yield within
        for each in within.values():
            yield from parts(each, kind)


def texts(card: dict[str, Any]) -> list[str]:
    """A text per line, as it is read."""
    return [
        "".join(run["text"] for run in block["inlines"]) for block in parts(card, "RichTextBlock")
    ]


def links(card: dict[str, Any]) -> list[tuple[str, str]]:
    return [(button["title"], button["url"]) for button in parts(card, "Action.OpenUrl")]
