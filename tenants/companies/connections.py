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

CLAIM = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"


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


@contextmanager
def claimed(name: str) -> Iterator[bool]:
    """Whether nobody else is inside for the same name; until its end, nobody else will be.

    The claim ends with a connection of its own, as it does with a crash.
    """
    with beside() as elsewhere:
        elsewhere.execute(CLAIM, [name])
        yield bool(elsewhere.fetchone()[0])
