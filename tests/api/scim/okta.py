"""Bodies as Okta sends them.

Source: developer.okta.com, "Okta and SCIM Version 2.0". Integrations made with the wizard write
everything with PUT; those of the catalogue write ``active`` and groups with PATCH.
"""

from typing import Any
from urllib.parse import quote

from tests.api.scim.provider import CORE, ENTERPRISE


def by_user_name(name: str) -> str:
    expression = quote(f'userName eq "{name}"')
    return f"/Users?filter={expression}&startIndex=1&count=100"


def user(name: str, number: str, **others: Any) -> dict[str, Any]:
    """``user("Mia Berg", "1001")``."""
    given, family = name.split()
    address = f"{given}.{family}@acme.example".lower()
    return {
        "schemas": [f"{CORE}:User", ENTERPRISE],
        "userName": address,
        "name": {"givenName": given, "familyName": family},
        "emails": [{"primary": True, "value": address, "type": "work"}],
        "displayName": name,
        "locale": "en-US",
        "externalId": f"00ujl29u0le5T6Aj{number}",
        "groups": [],
        "password": "1mz050nq",
        "active": True,
        ENTERPRISE: {"employeeNumber": number, "department": "Sales"},
        **others,
    }


def changed(shown: dict[str, Any], **others: Any) -> dict[str, Any]:
    """A PUT: everything that GET gave, with the changes, and what Okta adds to an address."""
    emails = [{**email, "display": email["value"]} for email in shown.get("emails", [])]
    return {**shown, "emails": emails, "groups": [], **others}


def activation(active: bool) -> dict[str, Any]:
    return {"op": "replace", "value": {"active": active}}


def group(name: str, *members: dict[str, Any]) -> dict[str, Any]:
    return {"schemas": [f"{CORE}:Group"], "displayName": name, "members": list(members)}


def member(shown: dict[str, Any]) -> dict[str, Any]:
    return {"value": shown["id"], "display": shown["userName"]}


def renamed(uid: str, name: str) -> dict[str, Any]:
    return {"op": "replace", "value": {"id": uid, "displayName": name}}
