"""What the reference says of every operation alike, added to what each says of itself."""

from collections.abc import Iterator
from typing import Any, Final

from api.idempotency.keys import HEADER as KEY_HEADER
from api.idempotency.keys import PATTERN
from api.idempotency.models import KEPT, REPLAYED
from api.links import add_links
from api.problems import MEDIA_TYPE
from tenants.companies.request_ids import HEADER as REQUEST_ID

Described = dict[str, Any]
PROBLEM: Final = {"$ref": "#/components/schemas/Problem"}
KEY: Final = "IdempotencyKey"
HOURS: Final = int(KEPT.total_seconds() // 3600)
PARAMETERS: Final[Described] = {
    KEY: {
        "name": KEY_HEADER,
        "in": "header",
        "required": False,
        "description": (
            "A key of your own for this request, such as a UUID in quotes. Sent again with the "
            f"same key, it is not done again: for {HOURS} hours the first answer comes again, with "
            f"`{REPLAYED}: true`. With another body the key is refused with 422; while the first "
            "is still being done, with 409."
        ),
        "schema": {"type": "string", "pattern": PATTERN},
    },
}
HEADERS: Final[Described] = {
    REQUEST_ID: {
        "description": "The one you sent, where it is well-formed, else one of ours.",
        "schema": {"type": "string"},
    },
    "RateLimit-Policy": {
        "description": "How often you may ask in how many seconds: `q` and `w`.",
        "schema": {"type": "string"},
        "example": '"token";q=3000;w=60',
    },
    "RateLimit": {
        "description": "How often you still may, and for how many seconds that is: `r` and `t`.",
        "schema": {"type": "string"},
        "example": '"token";r=2994;t=41',
    },
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    REPLAYED: {
        "description": f"`true` where it is the first answer to this `{KEY_HEADER}` again.",
        "schema": {"type": "string", "enum": ["true"]},
    },
}
ON_EVERY_ANSWER: Final = (REQUEST_ID, "RateLimit-Policy", "RateLimit")
TOO_OFTEN: Final = "Asked too often: go on after `Retry-After` seconds."
CLOSED: Final = "The company is switched off, or being set up: come back after `Retry-After`."
IN_USE: Final = f"A request with this `{KEY_HEADER}` is being done: ask again in a moment."
REUSED: Final = f"This `{KEY_HEADER}` came with another request before."


def describe(result: Described, **_: Any) -> Described:
    """A hook of drf-spectacular's: the same schema, completed."""
    components = result["components"]
    components["parameters"] = components.get("parameters", {}) | PARAMETERS
    components["headers"] = components.get("headers", {}) | HEADERS
    for method, operation in _operations(result):
        answers: Described = operation["responses"]
        _add_problem(answers, "429", TOO_OFTEN)
        _add_problem(answers, "503", CLOSED)
        if method == "post":
            operation.setdefault("parameters", []).append(
                {"$ref": f"#/components/parameters/{KEY}"}
            )
            _add_problem(answers, "409", IN_USE)
            _add_problem(answers, "422", REUSED)
        operation["responses"] = dict(sorted(answers.items()))
        for status, answer in answers.items():
            answer["headers"] = _headers(method, status) | answer.get("headers", {})
        _close(operation, components["schemas"])
    add_links(result)
    return result


def _operations(result: Described) -> Iterator[tuple[str, Described]]:
    for path, methods in result["paths"].items():
        if path.startswith("/api/v1/"):
            yield from methods.items()


def _add_problem(answers: Described, status: str, when: str) -> None:
    there = answers.setdefault(
        status, {"content": {MEDIA_TYPE: {"schema": PROBLEM}}, "description": ""}
    )
    there["description"] = f"{there['description']} {when}".strip()


def _headers(method: str, status: str) -> Described:
    names = ["Retry-After"] if status in ("429", "503") else []
    if status != "503":
        names += ON_EVERY_ANSWER
    if method == "post" and status < "429":
        names.append(REPLAYED)
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _close(operation: Described, schemas: Described) -> None:
    """Bodies hold what is described and nothing else, as `check_members` has it."""
    if not (body := operation.get("requestBody")):
        return
    body["required"] = True
    for content in body["content"].values():  # a merge patch is shown as the same in JSON is
        if "examples" not in content and (shown := body["content"].get("application/json", {})):
            content |= {"examples": shown["examples"]} if "examples" in shown else {}
    open_ = [content["schema"] for content in body["content"].values()]
    while open_:
        schema = open_.pop()
        if name := schema.get("$ref", "").rpartition("/")[2]:
            schema = schemas[name]
            if name.endswith("Reference"):
                schema |= {"minProperties": 1, "maxProperties": 1}
        if "properties" in schema and "additionalProperties" not in schema:
            schema["additionalProperties"] = False
            open_ += schema["properties"].values()
        open_ += [inner for inner in (schema.get("items"), *schema.get("allOf", ())) if inner]
