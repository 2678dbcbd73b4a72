"""Django's connection, with the types of what django-tenants adds to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from django.db import connection as _connection
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:

    class CompanyConnection(BaseDatabaseWrapper):
        """A connection that reads and writes one schema at a time."""

        schema_name: str
        tenant: Any

        def set_tenant(self, tenant: Any) -> None: ...
        def set_schema_to_public(self) -> None: ...


connection = cast("CompanyConnection", _connection)


@contextmanager
def beside() -> Iterator[Any]:
    """A cursor on one more connection to the same company, whose writes are seen at once.

    For what has to be known while a transaction is still running. Costs a connection.
    """
    another = connection.copy()
    another.set_tenant(connection.tenant)
    try:
        with another.cursor() as cursor:
            yield cursor
    finally:
        another.close()
