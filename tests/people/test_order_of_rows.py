"""In whatever order the rows come, the company is the same afterwards."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants.people.models import Person
from tests.people.hris import Row, Sync
from tests.people.test_sync_properties import ROWS

FIELDS = (
    "external_id",
    "employee_number",
    "email",
    "given_name",
    "department__name",
    "employment_status",
    "hired_on",
    "rehired_on",
    "ended_on",
    "awaited_manager",
)
MANAGER = ("external_id", "employee_number", "email", "given_name")


def company_after(sync: Sync, before: Sequence[Row], rows: Sequence[Row]) -> list[Any]:
    """Everybody there is, with their manager by key, once these rows have come."""
    with transaction.atomic():
        sync(*before)
        sync(*rows)
        people = Person.objects.values_list(*FIELDS, *(f"manager__{key}" for key in MANAGER))
        found = sorted(map(repr, people))
        transaction.set_rollback(True)
    return found


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=ROWS, rows=ROWS, data=st.data())
def test_any_order_of_rows_gives_the_same_company(
    sync: Sync, before: list[Row], rows: list[Row], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(rows))
    assert company_after(sync, before, rows) == company_after(sync, before, shuffled)
