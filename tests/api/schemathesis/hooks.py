"""What schemathesis does not know by itself: rows as NDJSON, and how our refusals look.

It loads this file by the name in SCHEMATHESIS_HOOKS, in a process without Django.
"""

import json
import os
from typing import Any

import schemathesis

NDJSON = "application/x-ndjson"


@schemathesis.serializer(NDJSON)
def lines(context: Any, value: Any) -> bytes:
    return value.encode(errors="replace") if isinstance(value, str) else json.dumps(value).encode()


@schemathesis.deserializer(NDJSON)
def records(context: Any, response: Any) -> Any:
    return "\n".join(json.dumps(json.loads(line)) for line in response.text.splitlines())


if os.environ.get("CHAINS"):  # a list leads on to something where it holds something

    @schemathesis.hook
    def map_query(context: Any, query: Any) -> Any:
        return {} if context.operation.method.upper() == "GET" else query


@schemathesis.check
def a_refusal_says_what_is_wrong(context: Any, response: Any, case: Any) -> None:
    """Problem details on every error; one of 400 names each place, or is of a type of its own."""
    if response.status_code < 400 or case.method == "HEAD":
        return
    assert response.headers["content-type"] == ["application/problem+json"], response.text
    told = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= told.keys()
    assert told["status"] == response.status_code
    assert told["detail"].endswith((".", "?", "…")), told["detail"]
    if response.status_code == 400 and told["type"] == "about:blank":
        assert all(error["pointer"] and error["detail"] for error in told["errors"])
        assert told["errors"], told


@schemathesis.check
def every_answer_is_named_and_counted(context: Any, response: Any, case: Any) -> None:
    assert response.headers["x-request-id"]
    if case.method != "OPTIONS":
        assert response.headers["ratelimit"]
        assert response.headers["ratelimit-policy"]
