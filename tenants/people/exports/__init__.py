"""Files an HRIS exports, read into rows for `sync_people`."""

from tenants.people.exports.files import Export, read_export
from tenants.people.exports.text import ExportError

__all__ = ["Export", "ExportError", "read_export"]
