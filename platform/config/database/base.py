"""django-tenants' backend with four changes, all decided for the life of the product.

A company's connection sees its own schema and nothing else. django-tenants would also search
``public``, so that a schema that is missing, or a table that is, reads another party's rows instead
of failing. Here it fails.

A session that has a company's search path already is not told again.

Whether a session still answers is asked where it was idle for long or has said something unasked,
as PostgreSQL does when it hangs up; not with every request, which would cost each a round trip.

Where ``DATABASE_URL`` is unset, the embedded PostgreSQL starts with the first connection.
"""

import select
import time
from typing import Any, Final

from django_tenants.postgresql_backend import base

from config import postgres

IDLE: Final = 30.0  # seconds, until what stands in between may have forgotten the connection


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    _in_force: list[str] | None = None
    """The search path the session is known to have; None where it has to be told."""

    _used_at = -IDLE

    def set_tenant(self, tenant: Any, include_public: bool = False) -> None:
        told: list[str] | None = getattr(self, "search_path_set_schemas", None)
        self._in_force = told or self._in_force
        super().set_tenant(tenant, include_public=False)
        if self._in_force == self._get_cursor_search_paths():
            self.search_path_set_schemas = self._in_force

    def connect(self) -> None:
        self._in_force = None
        super().connect()

    def close(self) -> None:
        self._in_force = None
        super().close()

    def rollback(self) -> None:
        self._in_force = None  # PostgreSQL takes back a SET with the transaction it was in
        super().rollback()

    def savepoint_rollback(self, sid: str) -> None:
        self._in_force = None
        super().savepoint_rollback(sid)

    def _cursor(self, name: str | None = None) -> Any:
        cursor = super()._cursor(name)
        self._used_at = time.monotonic()
        return cursor

    def close_if_health_check_failed(self) -> None:
        if time.monotonic() - self._used_at < IDLE and self._is_silent():
            self.health_check_done = True
        super().close_if_health_check_failed()

    def _is_silent(self) -> bool:
        """Open, with nothing to be read. No round trip, about a microsecond."""
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.pgconn.socket, select.POLLIN)
        return not poll.poll(0)

    def get_connection_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_connection_params()
        if folder := self.settings_dict.get("EMBEDDED"):
            parameters = {**postgres.ensure_running(folder), **parameters}
        return parameters
