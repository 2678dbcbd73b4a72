"""Giving paths over REST, for tests of what becomes of it."""

from typing import Any

from django.test import Client

from api.assignments.examples import FRAMING
from tenants.people.models import Person
from tests.api.asking import send

ASSIGNMENTS = "/api/v1/assignments"


def body_for(*people: Person, **members: Any) -> dict[str, Any]:
    """A body that gives these people the account executive's path, with these members changed."""
    return {
        "path": {"slug": "account-executive-first-deals"},
        "people": [{"uid": str(person.uid)} for person in people],
        "outcome": {"slug": "close-faster"},
        "framing": FRAMING,
        **members,
    }


def give(client: Client, token: str, body: Any) -> Any:
    return send(client, "post", ASSIGNMENTS, token, body)
