"""django-tenants' backend with two changes, both decided for the life of the product.

A company's connection sees its own schema and nothing else. django-tenants would also search
``public``, so that a schema that is missing, or a table that is, reads another party's rows instead
of failing. Here it fails.

Where ``DATABASE_URL`` is unset, the embedded PostgreSQL starts with the first connection.
"""

from typing import Any

from django_tenants.postgresql_backend import base

from config import postgres


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    def set_tenant(self, tenant: Any, include_public: bool = False) -> None:
        super().set_tenant(tenant, include_public=False)

    def get_connection_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_connection_params()
        if folder := self.settings_dict.get("EMBEDDED"):
            parameters = {**postgres.ensure_running(folder), **parameters}
        return parameters
