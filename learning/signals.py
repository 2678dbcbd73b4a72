"""What was written about learning, for the floors above, which this one may not import.

``records_written`` is sent once per transaction that wrote learning records, after its commit and
with its company set. It has no arguments: the feed tells what there is.
"""

from dataclasses import dataclass

from django.db import transaction
from django.dispatch import Signal

from tenants.companies.connections import connection
from tenants.companies.context import current_company, working_for
from tenants.companies.models import Company

records_written = Signal()


@dataclass(frozen=True)
class Announcement:
    """Says so after the commit. Two of the same company are equal, so that one is enough."""

    company: Company

    def __call__(self) -> None:
        with working_for(self.company):
            records_written.send(sender=None)


def announce_records() -> None:
    """Have `records_written` sent once this transaction commits. No query.

    Whoever listens never undoes what was written: an error there is logged.
    """
    announcement = Announcement(current_company())
    if all(waiting[1] != announcement for waiting in connection.run_on_commit):
        transaction.on_commit(announcement, robust=True)
