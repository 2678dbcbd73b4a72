"""A company of its own in which everything is really committed: for several connections at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from pytest_django import DjangoDbBlocker

from tenants.companies.actions import create_company, drop_company
from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.companies.models import Company


@contextmanager
def committing(blocker: DjangoDbBlocker, name: str) -> Iterator[Company]:
    """Yields it in its schema; it is gone afterwards."""
    with blocker.unblock():
        connection.set_schema_to_public()
        company = create_company(name=name, slug=name.lower(), root_domain="localhost")
        try:
            with working_for(company):
                yield company
        finally:
            connection.set_schema_to_public()
            drop_company(company)
            connections.close_all()
