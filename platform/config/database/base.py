"""django-tenants' backend with three changes, all decided for the life of the product.

A company's connection sees its own schema and nothing else. django-tenants would also search
``public``, so that a schema that is missing, or a table that is, reads another party's rows instead
of failing. Here it fails.

A session that has a company's search path already is not told again.

Where ``DATABASE_URL`` is unset, the embedded PostgreSQL starts with the first connection.
"""

from typing import Any

from django_tenants.postgresql_backend import base

from config import postgres


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    _in_force: list[str] | None = None
    """The search path the session is known to have; None where it has to be told."""

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

    def get_connection_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_connection_params()
        if folder := self.settings_dict.get("EMBEDDED"):
            parameters = {**postgres.ensure_running(folder), **parameters}
        return parameters
