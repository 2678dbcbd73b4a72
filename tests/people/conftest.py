from typing import Any

import pytest

from tenants.companies.models import Company
from tenants.people.actions import SyncResult, sync_people
from tests.people.hris import TODAY, Row, Sync


@pytest.fixture
def sync(acme: Company) -> Sync:
    """``sync(row, row, mode=…)``: a run in Acme on 18 November 2026."""

    def run(*rows: Row, **options: Any) -> SyncResult:
        return sync_people(**{"rows": rows, "source": "api", "today": TODAY, **options})

    return run
