"""A load generator that takes little of the processor it shares with what it measures."""

import selectors
import socket
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CONNECTIONS = 8
END_OF_HEAD = b"\r\n\r\n"


def post_all(
    port: int, path: str, bodies: Sequence[bytes], headers: Mapping[str, str], *, expect: int
) -> float:
    """Seconds to POST all bodies over `CONNECTIONS` that are kept alive, one thread for all.

    Raises where one is not answered with status `expect`.
    """
    waiting = deque(_request(path, body, headers) for body in bodies)
    lines: list[Line] = []
    with selectors.DefaultSelector() as selector:
        began = time.perf_counter()
        for _ in range(min(CONNECTIONS, len(waiting))):
            line = Line(socket.create_connection(("127.0.0.1", port)), expect)
            lines.append(line)
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.socket.sendall(waiting.popleft())
        left = len(bodies)
        while left:
            for key, _ in selector.select(timeout=60):
                line = key.data
                if line.receive():
                    left -= 1
                    if waiting:
                        line.socket.sendall(waiting.popleft())
        seconds = time.perf_counter() - began
    for line in lines:
        line.socket.close()
    return seconds


def _request(path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    head = {**headers, "Content-Type": "application/scim+json", "Content-Length": str(len(body))}
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
    return "\r\n".join(lines).encode() + END_OF_HEAD + body


@dataclass
class Line:
    """One connection, and what has come of the answer on it."""

    socket: socket.socket
    expect: int
    received: bytes = field(default=b"")

    def receive(self) -> bool:
        """Take in what is there; whether the answer is complete with it."""
        chunk = self.socket.recv(65_536)
        self.received += chunk
        head, found, body = self.received.partition(END_OF_HEAD)
        if found:
            if not head.startswith(b"HTTP/1.1 %d " % self.expect):
                raise RuntimeError(f"Unexpected answer: {self.received[:1000]!r}")
            if len(body) == _length(head):
                self.received = b""
                return True
        if not chunk:
            raise RuntimeError(f"The connection closed after {self.received[:1000]!r}")
        return False


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise RuntimeError(f"An answer without a length: {head!r}")
