"""Which scope opens what: read from the URLconf, so that a new view without one fails here."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from api.models import ApiToken, Scope
from api.permissions import HasScope, required_scope
from api.reference import DocsView, NothingHere, SchemaView
from api.scim import urls as scim
from api.scim.views import NothingHere as NothingInScim
from api.urls import urlpatterns
from api.views import ApiView
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tests.api.asking import Visit, ask, issue

PUBLIC = {SchemaView, DocsView, NothingHere, NothingInScim}
METHODS = ("get", "post", "put", "patch", "delete")
EXAMPLES = {"uuid:uid": "0199a1b2-0000-7000-8000-000000000001", "path:external_id": "HR/1"}
EXAMPLES |= dict.fromkeys(("str:uid", "str:name"), "1")


def views() -> Iterator[tuple[str, Any]]:
    for prefix, patterns in (("/api", urlpatterns), ("/scim/v2", scim.urlpatterns)):
        for pattern in patterns:
            view: Any = pattern.callback
            path = re.sub("<(.+?)>", lambda found: EXAMPLES[found[1]], str(pattern.pattern))
            yield f"{prefix}/{path}", view.view_class


def guarded() -> list[tuple[str, str, Scope]]:
    return [
        (path, method, required_scope(view, method.upper()))
        for path, view in views()
        if view not in PUBLIC
        for method in METHODS
        if hasattr(view, method)
    ]


def test_every_view_asks_for_a_scope_or_is_known_to_be_public() -> None:
    for path, view in views():
        assert view in PUBLIC or view.permission_classes == [HasScope]
        assert view in PUBLIC or path.startswith("/scim/") or issubclass(view, ApiView)
    assert guarded()


@pytest.mark.parametrize(("path", "method", "scope"), guarded())
def test_scope_opens_and_its_absence_closes(
    acme: Company, visit: Visit, path: str, method: str, scope: Scope
) -> None:
    client = visit(acme)
    others = [other for other in Scope.values if other != scope]
    call = getattr(client, method)

    without = call(path, headers={"authorization": f"Bearer {issue(others)}"})
    assert without.status_code == 403
    assert scope in without.json()["detail"]
    having = call(path, headers={"authorization": f"Bearer {issue([scope])}"})
    assert having.status_code not in (401, 403)


@pytest.mark.parametrize(("path", "method", "scope"), guarded())
def test_token_of_another_company_opens_nothing(
    acme: Company, globex: Company, visit: Visit, path: str, method: str, scope: Scope
) -> None:
    with working_for(globex):
        foreign = issue([scope])
    answer = getattr(visit(acme), method)(path, headers={"authorization": f"Bearer {foreign}"})
    assert answer.status_code == 401
    errors = "application/scim+json" if path.startswith("/scim/") else "application/problem+json"
    assert answer["Content-Type"] == errors


def test_view_without_a_scope_fails_loudly() -> None:
    class Forgetful(APIView):
        def get(self, request): ...

    request = APIRequestFactory().get("/")
    request.auth = ApiToken(scopes=Scope.values)
    with pytest.raises(ImproperlyConfigured, match="names no scope for GET"):
        HasScope().has_permission(request, Forgetful())


def test_reference_is_public(acme: Company, visit: Visit) -> None:
    client = visit(acme)
    for path in ("/api/docs/", "/api/schema/"):
        assert ask(client, path).status_code == 200
