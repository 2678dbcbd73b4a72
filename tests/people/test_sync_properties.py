"""What holds for any rows: a dry run foretells the run, and the same rows again change nothing."""

from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants.people.chart import loops
from tenants.people.models import Person
from tests.people.hris import Sync

NUMBERS = st.sampled_from(["", "1", "2", "3", "4"])
DAYS = st.sampled_from(["", "2024-01-01", "2026-11-17", "2026-11-18", "2026-11-30", "soon"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {"given_name": st.sampled_from(["Ada", "Bo", ""])},
        optional={
            "external_id": NUMBERS,
            "employee_number": NUMBERS,
            "email": st.sampled_from(["", "a@acme.example", "B@acme.example", "c"]),
            "employment_status": st.sampled_from(
                ["", "prehire", "active", "leave", "terminated", "retired"]
            ),
            "hired_on": DAYS,
            "rehired_on": DAYS,
            "ended_on": DAYS,
            "department": st.sampled_from(["", "Sales", "Support"]),
            "manager_external_id": NUMBERS,
            "manager_employee_number": NUMBERS,
            "manager_name": st.sampled_from(["", "Ada", "Bo"]),
        },
    ),
    max_size=6,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(before=ROWS, rows=ROWS)
def test_a_dry_run_foretells_and_a_second_run_changes_nothing(
    sync: Sync, before: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> None:
    with transaction.atomic():
        sync(*before)
        foretold = sync(*rows, dry_run=True)
        first = sync(*rows)
        assert foretold == first
        assert not loops(dict(Person.objects.values_list("pk", "manager_id")))
        if all(each.outcome != "error" for each in first.rows):
            again = sync(*rows)
            assert {str(each.outcome) for each in again.rows} <= {"unchanged"}
        transaction.set_rollback(True)
