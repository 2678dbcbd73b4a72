"""Whether Slack would take these blocks: its published reference as a schema, and unique ids."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = json.loads(Path(__file__).with_name("block_kit.schema.json").read_text("utf-8"))
Draft202012Validator.check_schema(SCHEMA)
VALIDATOR = Draft202012Validator(SCHEMA)


def faults_of(blocks: Any) -> list[str]:
    """What Slack would refuse them for; nothing where it takes them."""
    found = [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(blocks)]
    if found:
        return found
    for name in ("action_id", "block_id"):
        counts = Counter(_values(blocks, name))
        found += [f"{name} {value} {count} times" for value, count in counts.items() if count > 1]
    return found


def buttons_of(blocks: Any) -> list[dict[str, Any]]:
    """Every button, in order of reading."""
    return [each for each in objects_of(blocks) if each.get("type") == "button"]


def text_of(blocks: Any) -> str:
    """Everything there is to read, as it is sent."""
    return "\n".join(_values(blocks, "text"))


def _values(value: Any, name: str) -> list[str]:
    return [each[name] for each in objects_of(value) if isinstance(each.get(name), str)]


def objects_of(value: Any) -> Iterator[dict[str, Any]]:
    """Blocks, and every object within them."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            yield from objects_of(part)
