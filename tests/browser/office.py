"""The application inside the test's own process, so that a browser sees the test's own rows."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import urlsplit

from django.db import connections
from django.test import Client
from playwright.sync_api import BrowserContext, Request, Route

T = TypeVar("T")


class Office:
    """A thread that works within the test's transaction, while the browser has the main one.

    Playwright runs an event loop there, beside which Django refuses its database.
    """

    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self.thread = thread
        self.asked: list[str] = []

    def do(self, work: Callable[[], T]) -> T:
        return self.thread.submit(work).result()

    def serve(self, context: BrowserContext) -> None:
        """Answer whatever is asked of a company's host; nobody else can be reached."""
        context.route("**/*", self._answer)

    def _answer(self, route: Route, request: Request) -> None:
        self.asked.append(request.url)
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if not host.endswith(".localhost"):
            route.abort()
            return
        response = self.do(
            lambda: Client(headers={"host": host}).generic(
                request.method,
                parts.path + (f"?{parts.query}" if parts.query else ""),
                request.post_data_buffer or b"",
                content_type=request.headers.get("content-type", ""),
            )
        )
        content = b"".join(response) if response.streaming else response.content
        route.fulfill(status=response.status_code, headers=dict(response.headers), body=content)


@contextmanager
def open_office() -> Iterator[Office]:
    """To be entered where the test's transaction is, before a browser starts."""
    ours = connections["default"]
    ours.inc_thread_sharing()

    def share() -> None:
        connections["default"] = ours

    with ThreadPoolExecutor(max_workers=1, initializer=share) as thread:
        yield Office(thread)
    ours.dec_thread_sharing()
