"""Assignments as the reference shows them. The tests send each body."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

from api.schemas import RECORD_EXAMPLE

FRAMING = {
    "claim": "close deals faster",
    "because": "two of your demos ended without a next meeting",
    "sign": "every demo ends with a date in both calendars",
}
CAREER = {**FRAMING, "claim": "take the next step in your career"}
CONCERN = {
    "pointer": "#/framing/claim",
    "part": "claim",
    "code": "career",
    "words": "your career",
    "reason": (
        "“your career” speaks of a career. People act on what helps them do this week's work; "
        "what may pay off some day waits."
    ),
    "hint": (
        "Say what changes at work instead, for instance how it helps to “Close deals faster” "
        "(median days from demo to close)."
    ),
}
ASSIGNMENT: dict[str, Any] = {
    "uid": "0199a1b2-0000-7000-8000-0000000000a1",
    "person": RECORD_EXAMPLE["person"],
    "path": {
        "uid": "0199a1b2-0000-7000-8000-000000000002",
        "slug": "account-executive-first-deals",
        "name": "From first call to signature",
    },
    "outcome": {
        "uid": "0199a1b2-0000-7000-8000-0000000000c1",
        "slug": "close-faster",
        "name": "Close deals faster",
    },
    "framing": FRAMING,
    "status": "assigned",
    "pause": None,
    "source": "api",
    "assigned_at": "2026-11-18T08:30:00Z",
    "starts_on": "2026-11-18",
    "first_win_due_on": "2026-12-02",
    "first_win_at": None,
    "paused_on": None,
    "completed_at": None,
    "withdrawn_at": None,
}
PLAN = [
    {
        "uid": "0199a1b2-0000-7000-8000-000000000004",
        "title": "Open your next call with an agenda",
        "kind": "do_on_the_job",
        "state": "to_do",
        "quick_win": True,
        "receipt": {"code": "not_seen"},
    },
    {
        "uid": "0199a1b2-0000-7000-8000-000000000005",
        "title": "Sit in on a colleague's demo",
        "kind": "shadow",
        "state": "set_aside",
        "quick_win": False,
        "receipt": {"code": "shown"},
    },
]
STARTED = {**ASSIGNMENT, "status": "in_progress", "plan": [{**PLAN[0], "state": "done"}, PLAN[1]]}
WITHDRAWN = {
    **ASSIGNMENT,
    "status": "withdrawn",
    "withdrawn_at": "2026-11-20T10:00:00Z",
    "plan": PLAN,
}
PAUSED = {
    **ASSIGNMENT,
    "status": "paused",
    "pause": "hand",
    "paused_on": "2026-11-20",
    "plan": PLAN,
}


def shown(name: str, value: dict[str, Any]) -> OpenApiExample:
    """An answer with this in it."""
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200"])


GIVING_EXAMPLES = [
    OpenApiExample(
        "By the HRIS's keys",
        value={
            "path": {"slug": "account-executive-first-deals"},
            "people": [{"external_id": "HR-2041"}],
            "outcome": {"slug": "close-faster"},
            "framing": FRAMING,
            "starts_on": "2026-11-18",
        },
        request_only=True,
    ),
    OpenApiExample(
        "Given to one, and another had it",
        value={
            "assignments": [ASSIGNMENT],
            "already_assigned": [
                {
                    "uid": "0199a1b2-0000-7000-8000-00000000000a",
                    "external_id": "HR-1001",
                    "employee_number": "1001",
                    "email": "ada.lindqvist@acme.example",
                }
            ],
            "concerns": [],
        },
        response_only=True,
        status_codes=["201"],
    ),
    OpenApiExample(
        "Given, with a concern about the framing",
        value={
            "assignments": [{**ASSIGNMENT, "framing": CAREER}],
            "already_assigned": [],
            "concerns": [CONCERN],
        },
        response_only=True,
        status_codes=["201"],
    ),
    shown(
        "Everybody had it",
        {"assignments": [], "already_assigned": [RECORD_EXAMPLE["person"]], "concerns": []},
    ),
]
