"""Bodies as the provisioning service of Microsoft Entra ID sends them.

Source: learn.microsoft.com, "Develop and plan provisioning for a SCIM endpoint" and "Known issues
and resolutions with SCIM 2.0 protocol compliance", which shows each PATCH without and with the
flag ``aadOptscim062020``. `COMPLIANT` is with it.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.api.scim.provider import CORE, ENTERPRISE

WORK_EMAIL = 'emails[type eq "work"].value'
MANAGER = f"{ENTERPRISE}:manager"


def find(kind: str, expression: str, *values: Any, **others: str) -> str:
    """``find("Users", "userName eq {}", name)``: a query, its spaces sent as ``%20``."""
    written = expression.format(*(f'"{value}"' for value in values))
    parts = {**others, "filter": written}
    return f"/{kind}?" + "&".join(f"{name}={quote(value)}" for name, value in parts.items())


def user(name: str, number: str, **others: Any) -> dict[str, Any]:
    """``user("Mia Berg", "1001")``, with the default attribute mapping."""
    given, family = name.split()
    address = f"{given}.{family}@acme.example"
    return {
        "schemas": [f"{CORE}:User", ENTERPRISE],
        "externalId": f"0a21f0f2-8d2a-4f8e-bf98-{int(number):012}",
        "userName": address,
        "active": True,
        "displayName": name,
        "title": "Account Executive",
        "preferredLanguage": "en-US",
        "emails": [{"primary": True, "type": "work", "value": address}],
        "addresses": [{"type": "work", "formatted": "18/2111", "primary": True}],
        "phoneNumbers": [{"type": "mobile", "value": "+49 30 901820"}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": name, "familyName": family, "givenName": given},
        "roles": [],
        ENTERPRISE: {"employeeNumber": number, "department": "Sales"},
        **others,
    }


def group(name: str, key: str) -> dict[str, Any]:
    return {
        "schemas": [
            f"{CORE}:Group",
            "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group",
        ],
        "externalId": key,
        "displayName": name,
        "meta": {"resourceType": "Group"},
    }


@dataclass(frozen=True)
class Dialect:
    """How one of the two ways of provisioning writes its operations."""

    flagged: bool

    def set(self, path: str, value: Any, word: str = "Replace") -> dict[str, Any]:
        if isinstance(value, bool) and not self.flagged:
            value = str(value)
        return {"op": self._word(word), "path": path, "value": value}

    def set_many(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Several attributes at once: flagged, they come as the keys of one object."""
        if not self.flagged:
            return [self.set(path, value) for path, value in values.items()]
        selected = {path for path in values if "[" in path}
        return [
            *(self.set(path, values[path]) for path in selected),
            {
                "op": "replace",
                "value": {path: values[path] for path in values if path not in selected},
            },
        ]

    def remove(self, path: str, value: Any = None) -> dict[str, Any]:
        told = {} if value is None or self.flagged else {"value": value}
        return {"op": self._word("Remove"), "path": path, **told}

    def manager(self, uid: str, word: str = "Add") -> dict[str, Any]:
        return {"op": self._word(word), "path": MANAGER, "value": uid}

    def add_member(self, uid: str) -> dict[str, Any]:
        entry = {"value": uid} if self.flagged else {"$ref": None, "value": uid}
        return {"op": self._word("Add"), "path": "members", "value": [entry]}

    def remove_member(self, uid: str) -> dict[str, Any]:
        if self.flagged:
            return {"op": "remove", "path": f'members[value eq "{uid}"]'}
        value = [{"$ref": None, "value": uid}]
        return {"op": "Remove", "path": "members", "value": value}

    def _word(self, word: str) -> str:
        return word.lower() if self.flagged else word


DEFAULT, COMPLIANT = Dialect(flagged=False), Dialect(flagged=True)
