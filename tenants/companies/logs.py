"""Log lines that say which company they are about."""

import logging

from tenants.companies.connections import connection


class CompanyFormatter(logging.Formatter):
    """Adds ``{company}``: the schema of the connection at the moment of the line."""

    def format(self, record: logging.LogRecord) -> str:
        record.company = connection.schema_name
        return super().format(record)
