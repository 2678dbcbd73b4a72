"""What an HRIS says about its employees."""

from datetime import date
from typing import Any, Protocol

from tenants.people.actions import SyncResult

TODAY = date(2026, 11, 18)

Row = dict[str, Any]


class Sync(Protocol):
    def __call__(self, *rows: Row, **options: Any) -> SyncResult: ...


def row(number: int, **fields: Any) -> Row:
    """Everything an HRIS would say about its employee number so and so."""
    return {
        "external_id": f"hris-{number}",
        "employee_number": str(number),
        "email": f"person.{number}@acme.example",
        "given_name": f"Given{number}",
        "family_name": f"Family{number}",
        "job_title": "Account Executive",
        "department": "Sales",
        "hired_on": "2024-03-01",
        "employment_status": "active",
        **fields,
    }


def outcomes(result: SyncResult) -> list[str]:
    return [str(row.outcome) for row in result.rows]


def messages(result: SyncResult) -> list[str]:
    return [problem.message for problem in result.problems]
