"""An identity provider's side of a connection."""

import json
from collections.abc import Mapping
from typing import Any

from django.test import Client

from tenants.companies.models import Company
from tests.api.asking import Visit, issue

CORE = "urn:ietf:params:scim:schemas:core:2.0"
MESSAGES = "urn:ietf:params:scim:api:messages:2.0"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
OURS = "urn:ietf:params:scim:schemas:extension:throughline:2.0:User"
MEDIA_TYPE = "application/scim+json"


class Provider:
    """Sends with a token of the company; `status` is asserted, and the JSON returned."""

    def __init__(self, client: Client, token: str) -> None:
        self.client = client
        self.headers = {"authorization": f"Bearer {token}"}

    def ask(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """The response as it is."""
        return self.client.generic(
            method,
            f"/scim/v2{path}",
            "" if body is None else json.dumps(body),
            content_type=f"{MEDIA_TYPE}; charset=utf-8",
            headers=self.headers | dict(headers or {}),
        )

    def get(self, path: str, status: int = 200) -> Any:
        return self._json(self.ask("GET", path), status)

    def post(self, path: str, body: Any, status: int = 201) -> Any:
        return self._json(self.ask("POST", path, body), status)

    def put(self, path: str, body: Any, status: int = 200) -> Any:
        return self._json(self.ask("PUT", path, body), status)

    def patch(self, path: str, *operations: Any, status: int | None = None) -> Any:
        body = {"schemas": [f"{MESSAGES}:PatchOp"], "Operations": list(operations)}
        answer = self.ask("PATCH", path, body)
        return self._json(answer, status or (204 if answer.status_code == 204 else 200))

    def delete(self, path: str, status: int = 204) -> Any:
        return self._json(self.ask("DELETE", path), status)

    def _json(self, answer: Any, status: int) -> Any:
        assert answer.status_code == status, answer.content
        if status == 204:
            assert not answer.content
            return None
        assert answer["Content-Type"] == MEDIA_TYPE
        told = answer.json()
        if status >= 400:
            assert told["schemas"] == [f"{MESSAGES}:Error"]
            assert told["status"] == str(status)
        return told


def connect(visit: Visit, company: Company, scopes: list[str] | None = None) -> Provider:
    """A provider with a token of the company that is set."""
    return Provider(visit(company), issue(scopes, name="Identity provider"))
