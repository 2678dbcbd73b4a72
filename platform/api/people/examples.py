"""Bodies as the reference shows them. The tests send each of them."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

ADA = "0199a1b2-0000-7000-8000-00000000000a"
LEE = "0199a1b2-0000-7000-8000-000000000001"
RUN = "0199a1b2-0000-7000-8000-0000000000f1"
SALES = "0199a1b2-0000-7000-8000-0000000000d1"
MANAGER_KEYS = {
    "uid": ADA,
    "external_id": "HR-1001",
    "employee_number": "1001",
    "email": "ada.lindqvist@acme.example",
}
PERSON: dict[str, Any] = {
    "uid": LEE,
    "external_id": "HR-2041",
    "employee_number": "2041",
    "email": "lee.tanaka@acme.example",
    "user_name": None,
    "given_name": "Lee",
    "family_name": "Tanaka",
    "preferred_name": "",
    "name": "Lee Tanaka",
    "job_title": "Account Executive",
    "department": {"uid": SALES, "name": "Sales"},
    "location": "Berlin",
    "manager": MANAGER_KEYS,
    "employment_status": "active",
    "hired_on": "2024-03-01",
    "rehired_on": None,
    "ended_on": None,
    "time_zone": "Europe/Berlin",
    "locale": "",
    "attributes": {"cost_centre": "4100"},
    "updated_at": "2026-11-18T08:30:00Z",
}
ROWS: list[dict[str, Any]] = [
    {
        "external_id": "HR-1001",
        "employee_number": "1001",
        "email": "ada.lindqvist@acme.example",
        "given_name": "Ada",
        "family_name": "Lindqvist",
        "job_title": "Sales Manager",
        "department": "Sales",
        "hired_on": "2021-06-01",
    },
    {
        "external_id": "HR-2041",
        "employee_number": "2041",
        "email": "lee.tanaka@acme.example",
        "given_name": "Lee",
        "family_name": "Tanaka",
        "job_title": "Account Executive",
        "department": "Sales",
        "manager_external_id": "HR-1001",
        "hired_on": "2024-03-01",
        "attributes": {"cost_centre": "4100"},
    },
]
AS_NDJSON = (
    '{"external_id": "HR-2041", "job_title": "Senior Account Executive"}\n'
    '{"external_id": "HR-2055", "employment_status": "terminated", "ended_on": "2026-11-30"}\n'
)
AS_CSV = (
    "external_id,email,given_name,family_name,manager_email,hired_on\n"
    "HR-2041,lee.tanaka@acme.example,Lee,Tanaka,ada.lindqvist@acme.example,2024-03-01\n"
)
ERRORS_AS_CSV = (
    "line,field,value,message,refused\r\n"
    "3,hired_on,31.02.2026,hired_on '31.02.2026' is no day: write it as 2026-11-18.,yes\r\n"
)
OUTCOME = {
    "line": 2,
    "outcome": "updated",
    "uid": LEE,
    "name": "Lee Tanaka",
    "changes": {"job_title": {"from": "Sales Trainee", "to": "Account Executive"}},
    "problems": [],
}
RUN_SUMMARY: dict[str, Any] = {
    "uid": RUN,
    "state": "finished",
    "detail": "",
    "source": "api",
    "origin": "HRIS",
    "mode": "partial",
    "dry_run": False,
    "requested_at": "2026-11-18T08:30:00.120Z",
    "started_at": "2026-11-18T08:30:00.120Z",
    "finished_at": "2026-11-18T08:30:00.480Z",
    "rows": 2,
    "rows_compared": 2,
    "counts": {"created": 0, "updated": 1, "unchanged": 1, "deactivated": 0, "failed": 0},
}
LINKS = {
    "self": f"/api/v1/people-syncs/{RUN}",
    "outcomes": f"/api/v1/people-syncs/{RUN}/outcomes",
    "errors": f"/api/v1/people-syncs/{RUN}/errors",
}
FINISHED_RUN = {
    **RUN_SUMMARY,
    "problems": [],
    "problems_total": 0,
    "links": LINKS,
    "outcomes": [OUTCOME],
}
WAITING_RUN = {
    **RUN_SUMMARY,
    "state": "waiting",
    "started_at": None,
    "finished_at": None,
    "rows": 40_000,
    "rows_compared": 0,
    "counts": dict.fromkeys(RUN_SUMMARY["counts"], 0),
    "problems": [],
    "problems_total": 0,
    "links": LINKS,
}
RUNS_EXAMPLE = OpenApiExample(
    "A page", value={"runs": [RUN_SUMMARY], "next": None}, response_only=True
)
PUSH_EXAMPLES = [
    OpenApiExample("Two people, as JSON", value={"rows": ROWS}, request_only=True),
    OpenApiExample(
        "What a complete push would do",
        value={"rows": ROWS, "mode": "complete", "dry_run": True},
        request_only=True,
    ),
    OpenApiExample(
        "As NDJSON", value=AS_NDJSON, request_only=True, media_type="application/x-ndjson"
    ),
    OpenApiExample("As CSV", value=AS_CSV, request_only=True, media_type="text/csv"),
    OpenApiExample("Done", value=FINISHED_RUN, response_only=True, status_codes=["200"]),
    OpenApiExample("Waiting", value=WAITING_RUN, response_only=True, status_codes=["202"]),
]
