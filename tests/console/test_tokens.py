from typing import Any

from django.contrib.sessions.models import Session

from api.models import ApiToken, Scope, digest
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import Visit

ADD = "/admin/api/apitoken/add/"
FORM: dict[str, Any] = {"name": "HRIS", "scopes": [Scope.RECORDS_READ.value], "lifetime": "90"}


def test_token_is_shown_once_and_works(acme: Company, olive: Person, visit: Visit) -> None:
    client = visit(acme, olive)
    page = client.post(ADD, FORM)

    text = page.context["token"]
    token = ApiToken.objects.get()
    assert text in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert token.digest == digest(text)
    assert token.created_by == olive
    assert (token.expires_at - token.created_at).days in (89, 90)
    answer = visit(acme).get(
        "/api/v1/learning-records", headers={"authorization": f"Bearer {text}"}
    )
    assert answer.status_code == 200
    for path in ("/admin/api/apitoken/", f"/admin/api/apitoken/{token.pk}/change/", "/admin/"):
        later = client.get(path)
        assert later.status_code == 200
        assert text not in later.text


def test_token_is_nowhere_in_clear(acme: Company, olive: Person, visit: Visit) -> None:
    text = visit(acme, olive).post(ADD, FORM).context["token"]
    assert all(text not in str(session.get_decoded()) for session in Session.objects.all())


def test_token_needs_a_scope_and_a_lifetime(acme: Company, olive: Person, visit: Visit) -> None:
    client = visit(acme, olive)
    changes: list[dict[str, Any]] = [
        {"scopes": []},
        {"scopes": ["everything"]},
        {"lifetime": "9999"},
        {"name": ""},
    ]
    for change in changes:
        assert client.post(ADD, FORM | change).status_code == 200
    assert not ApiToken.objects.exists()


def test_token_is_revoked_and_never_changed(acme: Company, olive: Person, visit: Visit) -> None:
    client = visit(acme, olive)
    client.post(ADD, FORM)
    page = f"/admin/api/apitoken/{ApiToken.objects.get().pk}"
    assert client.post(f"{page}/change/", FORM | {"name": "Other"}).status_code == 403
    assert client.post(f"{page}/delete/", {"post": "yes"}).status_code == 302
    assert not ApiToken.objects.exists()
