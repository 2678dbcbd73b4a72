"""Importing a file of people: upload it, check its columns, see what would change, import it."""

from tenants.people.admin.imports.urls import MAY, import_urls

__all__ = ["MAY", "import_urls"]
