"""Somebody else's web server, on loopback: answers as it is told, or does not."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SENT = b'{"ok": true}'


@dataclass
class Reply:
    """`drips`: a byte of the headers, or of the `body`, every so many seconds, without end."""

    status: int = 202
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = SENT
    hangs: bool = False
    hangs_up: bool = False
    drips: float = 0.0
    drips_in: str = "headers"


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    body: bytes


class WebServer:
    """`replies` are given in turn, then 202 for good. `requests` are those that arrived."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self.replies: list[Reply] = []
        self.closed = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        if tls:
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def close(self) -> None:
        self.closed.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    server = WebServer(tls)
    try:
        yield server
    finally:
        server.close()


def _handler(server: WebServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.requests.append(Request(self.path, dict(self.headers), body))
            reply = server.replies.pop(0) if server.replies else Reply()
            if reply.hangs_up:
                return
            if reply.hangs:
                server.closed.wait(30)
            elif reply.drips:
                self._drip(reply)
            else:
                self._answer(reply)

        def _answer(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def _drip(self, reply: Reply) -> None:
            start = b"HTTP/1.1 200 OK\r\n"
            self.wfile.write(start + (b"\r\n" if reply.drips_in == "body" else b"X-Slow: "))
            while not server.closed.wait(reply.drips):
                self.wfile.write(b"x")

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, ssl.SSLError):
                self.close_connection = True  # whoever asked hung up

        def log_message(self, *_: Any) -> None:
            """Tests look at what arrived instead."""

    return Handler
