"""Log lines that say which company and request they are about, and give no secret away."""

import logging
import re

from tenants.companies.connections import connection
from tenants.companies.request_ids import request_id

SECRETS = (
    re.compile(r"(?<=/a/)[\w:.=-]+"),  # the token of an answer link
    re.compile(r"(?<=/welcome/)[\w:.=-]+"),  # ... of an owner's first one
    re.compile(r"(?<=/operator/look/)[\w:.=-]+"),  # ... of an operator's way in
    re.compile(r"(?<=/sign-up/code/)[\w:.=-]+"),
    re.compile(r"(?<=/sign-up/progress/)[\w:.=-]+"),
    re.compile(r"(?<=tl_)[\w-]+"),  # an API token
    re.compile(r"(?<=sig=)[\w%.~+/=-]+"),  # what a webhook's address is signed with
)


class CompanyFormatter(logging.Formatter):
    """Adds ``{company}``, the schema of the connection at that moment, and ``{request}``.

    Tokens are blotted out wherever they stand, tracebacks included.
    """

    def format(self, record: logging.LogRecord) -> str:
        record.company = connection.schema_name
        record.request = request_id() or "-"
        line = super().format(record)
        for secret in SECRETS:
            line = secret.sub("…", line)
        return line
