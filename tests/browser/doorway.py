"""The application at a real address, for a browser that sees the test's own rows.

Cookies, redirects, compression and files travel as they do for everybody; every request runs in
the office's one thread, within the test's transaction.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from playwright.sync_api import Browser, BrowserContext

from tenants.companies.models import Company
from tenants.people.models import Person
from tests.browser.office import Office
from tests.conftest import at


class _Server(ThreadingMixIn, WSGIServer):
    """A browser holds connections open on which it says nothing: each has its own thread."""

    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # as its base has it
        """Nothing: what went wrong, the browser tells."""


class Doorway:
    """Where a company's pages are, and a browser that one of its people is signed in to."""

    def __init__(self, office: Office, company: Company, port: int) -> None:
        self.office, self.company, self.port = office, company, port

    def address(self, path: str, *, root: bool = False) -> str:
        """On the company's host, or on the root domain."""
        host = "localhost" if root else f"{self.company.slug}.localhost"
        return f"http://{host}:{self.port}{path}"

    def enter(self, browser: Browser, person: Person | None, **options: Any) -> BrowserContext:
        """A new context of the browser, signed in as `person` where given."""
        context = browser.new_context(**options)
        if person:
            context.add_cookies([self._cookie(person)])
        return context

    def _cookie(self, person: Person) -> Any:
        session = self.office.do(lambda: at(self.company, person).cookies["session"].value)
        return {"name": "session", "value": session, "url": self.address("/")}


@contextmanager
def open_door(office: Office, company: Company) -> Iterator[Doorway]:
    application = get_wsgi_application()

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        return office.do(lambda: _whole(application(environ, start_response)))

    server = make_server("127.0.0.1", 0, answer, _Server, _Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with _connection_kept():
            yield Doorway(office, company, server.server_port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _whole(response: Any) -> list[bytes]:
    try:
        return list(response)
    finally:
        response.close()


@contextmanager
def _connection_kept() -> Iterator[None]:
    """A request would close the connection, as it is in a transaction: the test's."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
