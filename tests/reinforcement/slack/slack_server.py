"""Slack on loopback, as far as we speak to it: its methods, its errors, and its bad days."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from tests.reinforcement.slack.block_kit import faults_of
from tests.reinforcement.smtp import free_port

TOKEN = "xoxb-2345-6789-anTestToken"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # as in Slack's own guide
SCOPES = "chat:write,users:read,users:read.email"


@dataclass
class Refusal:
    """What to answer instead, once: an HTTP status, an error code, seconds to wait, or a body."""

    error: str = ""
    status: int = 200
    retry_after: int | None = None
    body: str | None = None


@dataclass
class Slack:
    """A workspace: who is in it, what was written there, and how it answers the next calls."""

    url: str
    team: str = "Acme"
    tokens: set[str] = field(default_factory=lambda: {TOKEN})
    scopes: str = SCOPES
    users: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    messages: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    whispers: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    next: dict[str, list[Refusal]] = field(default_factory=dict)
    hangs: threading.Event = field(default_factory=threading.Event)
    hanging: bool = False

    @property
    def latest(self) -> dict[str, Any]:
        return list(self.messages.values())[-1]

    def refuse(self, method: str, error: str = "", **how: Any) -> None:
        """The next call of this method is answered so."""
        self.next.setdefault(method, []).append(Refusal(error, **how))

    def answer(self, method: str, token: str, given: dict[str, Any]) -> dict[str, Any]:
        if not token:
            return {"ok": False, "error": "not_authed"}
        if token not in self.tokens:
            return {"ok": False, "error": "invalid_auth"}
        return {
            "auth.test": self._whoami,
            "users.lookupByEmail": self._find,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "chat.postEphemeral": self._whisper,
        }[method](given)

    def _whoami(self, given: dict[str, Any]) -> dict[str, Any]:
        url = f"https://{self.team.lower()}.slack.com/"
        return {"ok": True, "url": url, "team": self.team, "team_id": "T012AB3C4", "bot_id": "B01"}

    def _find(self, given: dict[str, Any]) -> dict[str, Any]:
        user = self.users.get(given["email"])
        if user is None or user in self.gone:  # so says Slack of deactivated ones, too
            return {"ok": False, "error": "users_not_found"}
        return {"ok": True, "user": {"id": user, "deleted": False}}

    def _post(self, given: dict[str, Any]) -> dict[str, Any]:
        user = given["channel"]
        if user in self.gone or user not in self.users.values():
            return {"ok": False, "error": "channel_not_found"}
        if faults := faults_of(given["blocks"]):
            return {"ok": False, "error": "invalid_blocks", "errors": faults}
        channel, ts = f"D{user[1:]}", f"17633{len(self.messages):05}.000200"
        self.messages[channel, ts] = given
        return {"ok": True, "channel": channel, "ts": ts, "message": given}

    def _update(self, given: dict[str, Any]) -> dict[str, Any]:
        place = given["channel"], given["ts"]
        if place not in self.messages:
            return {"ok": False, "error": "message_not_found"}
        if faults := faults_of(given["blocks"]):
            return {"ok": False, "error": "invalid_blocks", "errors": faults}
        self.messages[place] = given
        return {"ok": True, "channel": place[0], "ts": place[1], "text": given["text"]}

    def _whisper(self, given: dict[str, Any]) -> dict[str, Any]:
        self.whispers.append(given)
        return {"ok": True, "message_ts": "1763300000.000100"}


class _Door(BaseHTTPRequestHandler):
    slack: Slack

    def do_POST(self) -> None:
        method = self.path.removeprefix("/api/")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.slack.calls.append(method)
        if self.slack.hanging:
            self.slack.hangs.wait(30)
            return
        if waiting := self.slack.next.get(method):
            self._refuse(waiting.pop(0))
            return
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        self._send(200, json.dumps(self.slack.answer(method, token, self._given(body))))

    def _given(self, body: str) -> dict[str, Any]:
        if "json" in self.headers["Content-Type"]:
            given: dict[str, Any] = json.loads(body)
            return given
        return {name: values[0] for name, values in parse_qs(body).items()}

    def _refuse(self, refusal: Refusal) -> None:
        body = json.dumps({"ok": False, "error": refusal.error})
        headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
        self._send(refusal.status, body if refusal.body is None else refusal.body, headers)

    def _send(self, status: int, body: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"X-OAuth-Scopes": self.slack.scopes, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: Any) -> None:
        """Not on the test's screen."""


@contextmanager
def serve() -> Iterator[Slack]:
    """A Slack that is there until the end of the block."""
    port = free_port()
    slack = Slack(url=f"http://127.0.0.1:{port}/api/")
    door = type("Door", (_Door,), {"slack": slack})
    server = ThreadingHTTPServer(("127.0.0.1", port), door)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield slack
    finally:
        slack.hangs.set()
        server.shutdown()
        server.server_close()
        thread.join()


def signed(body: str, *, at: float, secret: str = SECRET) -> dict[str, str]:
    """The headers Slack sends with a body
    (https://docs.slack.dev/authentication/verifying-requests-from-slack)."""
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
