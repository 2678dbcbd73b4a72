"""Webhooks as the reference shows them. The tests send each body."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

ENDPOINT: dict[str, Any] = {
    "uid": "0199a1b2-0000-7000-8000-0000000000e1",
    "url": "https://hris.acme.example/hooks/throughline",
    "description": "HRIS",
    "kinds": ["assignment.completed", "first_win"],
    "state": "on",
    "state_since": "2026-11-18T08:30:00Z",
    "state_reason": "",
    "created_at": "2026-11-18T08:30:00Z",
    "old_secret_until": None,
    "last_delivered_at": "2026-11-18T09:12:40Z",
    "failing_since": None,
    "restarted_at": None,
}
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw9x0hK8bqVvc="  # noqa: S105  # of nobody
ATTEMPT: dict[str, Any] = {
    "at": "2026-11-18T09:12:40Z",
    "took_ms": 84,
    "status": 202,
    "answer": '{"ok": true}',
    "error": "",
}
DELIVERY: dict[str, Any] = {
    "uid": "0199a1b2-0000-7000-8000-0000000000e2",
    "endpoint": ENDPOINT["uid"],
    "kind": "first_win",
    "record": "0199a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b",
    "state": "delivered",
    "attempts": 1,
    "created_at": "2026-11-18T09:12:39Z",
    "next_attempt_at": None,
    "finished_at": "2026-11-18T09:12:40Z",
    "last_error": "",
}
WHOLE = {**DELIVERY, "log": [ATTEMPT]}
TESTED = {**WHOLE, "kind": "webhook.test", "record": None}
NEW = {"url": ENDPOINT["url"], "description": "HRIS", "kinds": ENDPOINT["kinds"]}


def answered(name: str, value: Any, status: int = 200) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=[str(status)])


def asked(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)
