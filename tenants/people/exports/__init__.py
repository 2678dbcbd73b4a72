"""Files an HRIS exports, CSV and XLSX, read into rows for `sync_people`."""

from tenants.people.exports.columns import Column, propose
from tenants.people.exports.headings import FIELDS, plain
from tenants.people.exports.refusals import (
    COLUMN_LIMIT,
    FILE_LIMIT,
    ROW_LIMIT,
    UNPACKED_LIMIT,
    ExportError,
)
from tenants.people.exports.rows import Export, read_export, read_rows
from tenants.people.exports.tables import Table, read_table

__all__ = [
    "COLUMN_LIMIT",
    "FIELDS",
    "FILE_LIMIT",
    "ROW_LIMIT",
    "UNPACKED_LIMIT",
    "Column",
    "Export",
    "ExportError",
    "Table",
    "plain",
    "propose",
    "read_export",
    "read_rows",
    "read_table",
]
