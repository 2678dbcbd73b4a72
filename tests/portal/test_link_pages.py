"""What holds for every page that a link alone opens."""

import pytest
from django.test import Client
from django.urls import get_resolver

from portal.links import answers, unsubscribing
from tests.portal.cast import Visit

LINKS = {"a/<str:token>", "u/<str:token>", "r/<str:token>", "calendar/<str:token>.ics"}
SIGN_IN = {"welcome/<str:token>"}  # a form that signs in has to say where it comes from


def test_these_are_all() -> None:
    patterns = get_resolver("portal.urls").url_patterns
    bearing = {str(each.pattern) for each in patterns if "<str:token>" in str(each.pattern)}
    assert bearing == LINKS | SIGN_IN


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options", "trace"])
@pytest.mark.parametrize("address", sorted(LINKS | SIGN_IN))
def test_no_address_reaches_a_log_whatever_is_asked(
    visit: Visit, acme, caplog: pytest.LogCaptureFixture, address: str, method: str
) -> None:
    path = "/" + address.replace("<str:token>", "somethingsecret")
    response = getattr(visit(acme), method)(path)
    assert response.status_code in (404, 405)
    policy = "same-origin" if address in SIGN_IN else "no-referrer"
    assert response["Referrer-Policy"] == policy
    assert "somethingsecret" not in caplog.text


@pytest.mark.parametrize(
    ("module", "name", "path"),
    [
        (answers, "read_answer_token", "/a/somethingsecret"),
        (unsubscribing, "read_unsubscribe_token", "/u/somethingsecret"),
    ],
)
def test_nor_when_something_breaks(
    acme, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, module, name, path
) -> None:
    def fail(token: str) -> None:
        raise ConnectionError("the database went away")

    monkeypatch.setattr(module, name, fail)
    client = Client(headers={"host": "acme.localhost"}, raise_request_exception=False)
    assert client.get(path).status_code == 500
    assert "Internal Server Error: (the address of a link)" in caplog.text
    assert path not in caplog.text
