"""A provider that is connected, and a server whose rows are really committed."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from api.models import ApiToken, Scope
from tenants.companies.actions import create_company, drop_company
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tests.api.asking import Visit
from tests.api.scim.provider import Provider, connect


@pytest.fixture
def provider(acme: Company, visit: Visit) -> Provider:
    """Acme's identity provider; it may do everything."""
    return connect(visit, acme)


@dataclass(frozen=True)
class Service:
    """A running server, as a client reaches it: by its address, a host name and a token."""

    address: str
    host: str
    token: str


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nobody reads it."""


def _serve(server: WSGIServer) -> None:
    """One request after the other, on one connection to the database."""
    server.serve_forever()
    connections.close_all()


@pytest.fixture
def service(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Service]:
    """A company of its own on a real server: requests are transactions that commit."""
    with django_db_blocker.unblock():
        company = create_company(name="Scim", slug="scim", root_domain="localhost")
        try:
            with working_for(company):
                _, token = ApiToken.issue(
                    name="Tester",
                    scopes=[Scope.PEOPLE_READ, Scope.PEOPLE_WRITE],
                    expires_at=timezone.now() + timedelta(hours=1),
                )
            server = WSGIServer(("127.0.0.1", 0), Quiet)
            server.set_app(get_wsgi_application())
            thread = threading.Thread(target=_serve, args=[server])
            thread.start()
            port = server.server_address[1]
            try:
                yield Service(f"http://127.0.0.1:{port}", f"scim.localhost:{port}", token)
            finally:
                server.shutdown()
                server.server_close()
                thread.join()
        finally:
            drop_company(company)
            connections.close_all()
