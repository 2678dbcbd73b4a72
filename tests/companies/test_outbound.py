"""Posting to addresses that others gave us: to whom, how long, and what is told of it."""

import logging
import socket
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event
from threading import enumerate as threads
from typing import Any

import pytest
import requests.adapters
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from tenants.companies import outbound
from tenants.companies.addresses import locate
from tenants.companies.outbound import Answer, Refused, Unreached, post
from tests.companies.certificates import server_context
from tests.companies.webserver import Reply, WebServer, serving

SECRET = "Nu02pUVfJ6i"
HOOK = f"/workflows/a%2Fb/invoke?api-version=1&sig={SECRET}"


@pytest.fixture
def server(settings: Settings) -> Iterator[WebServer]:
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    with serving() as server:
        yield server


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """``names["hooks.example"] = ["127.0.0.1"]``: its answers in turn, the last one for good."""
    names: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def getaddrinfo(host: str, *args: Any, **options: Any) -> Any:
        if answers := names.get(host):
            host = answers.pop(0) if len(answers) > 1 else answers[0]
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return names


def connected(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Where a connection is tried to; none comes about."""
    tried: list[tuple[Any, ...]] = []

    def connect(self: socket.socket, address: tuple[Any, ...]) -> None:
        tried.append(address)
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried


def told(error: BaseException) -> str:
    """Everything a log would hold of it, causes included."""
    chain = [error]
    while cause := chain[-1].__cause__ or chain[-1].__context__:
        chain.append(cause)
    return "".join(traceback.format_exception(error)) + "".join(map(repr, chain))


def test_it_arrives_as_it_was_given(server: WebServer) -> None:
    server.replies = [Reply(202, {"X-Run": "7"}, b"taken")]
    answer = post(server.url(HOOK), json={"say": "hej"}, headers={"X-Ours": "1"})
    assert (answer.status, answer.headers["x-run"], answer.body) == (202, "7", b"taken")
    [request] = server.requests
    assert (request.path, request.body) == (HOOK, b'{"say": "hej"}')
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["X-Ours"] == "1"
    assert request.headers["Host"] == f"127.0.0.1:{server.port}"
    post(server.url("?a=b#fragment"), data=b"raw")
    assert (server.requests[1].path, server.requests[1].body) == ("/?a=b", b"raw")


def test_an_error_is_an_answer(server: WebServer) -> None:
    server.replies = [Reply(404), Reply(500)]
    assert [post(server.url()).status for _ in range(2)] == [404, 500]


def test_loopback_is_refused_unless_settings_say_so(server: WebServer, settings: Settings) -> None:
    settings.OUTBOUND_ALLOW_LOOPBACK = False
    for url in (server.url(), server.url(scheme="https"), server.url(host="localhost")):
        with pytest.raises(Refused):
            post(url)
    assert server.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location", ["http://169.254.169.254/latest/meta-data/", "/elsewhere", "http://[", "\x7f"]
)
def test_a_redirect_is_not_followed(server: WebServer, status: int, location: str) -> None:
    server.replies = [Reply(status, {"Location": location})]
    assert post(server.url()).status == status
    assert len(server.requests) == 1


def test_the_host_is_resolved_once(server: WebServer, names: dict[str, list[str]]) -> None:
    names["hooks.example"] = ["127.0.0.1", "10.0.0.1"]
    assert post(server.url(host="hooks.example")).status == 202
    assert server.requests[0].headers["Host"] == f"hooks.example:{server.port}"
    assert names["hooks.example"] == ["10.0.0.1"]


def test_what_was_checked_is_what_is_connected_to(
    names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["hooks.example"] = ["8.8.8.8", "127.0.0.1"]
    tried = connected(monkeypatch)
    with pytest.raises(Unreached):
        post("https://hooks.example/")
    assert tried == [("8.8.8.8", 443)]


def test_a_private_address_is_never_connected_to(
    names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["hooks.example"] = ["10.0.0.1"]
    tried = connected(monkeypatch)
    for url in ("https://hooks.example/", "https://[::ffff:10.0.0.1]/", "https://2130706433/"):
        with pytest.raises(Refused):
            post(url)
    assert tried == []


@pytest.mark.parametrize("ip", ["10.0.0.1", "127.0.0.1", "169.254.169.254"])
def test_there_is_a_second_lock(ip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """requests-hardened checks for itself what our own check let through."""
    monkeypatch.setattr("tenants.companies.addresses.is_public", lambda _: True)
    tried = connected(monkeypatch)
    with pytest.raises(Refused):
        post(f"https://{ip}/")
    assert tried == []


def test_proxies_and_passwords_of_the_environment_are_ignored(
    server: WebServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    monkeypatch.delenv("no_proxy", raising=False)
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login us password ours\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert post(server.url()).status == 202
    assert "Authorization" not in server.requests[0].headers


@pytest.mark.parametrize(
    "reply", [Reply(hangs=True), Reply(drips=0.02), Reply(drips=0.02, drips_in="body")]
)
def test_a_server_that_hangs_or_drips_costs_the_deadline_and_leaves_nothing_behind(
    server: WebServer, monkeypatch: pytest.MonkeyPatch, reply: Reply
) -> None:
    monkeypatch.setattr(outbound, "DEADLINE", 0.4)
    server.replies = [reply]
    started = time.monotonic()
    with pytest.raises(Unreached, match="No answer"):
        post(server.url())
    assert 0.3 < time.monotonic() - started < 2
    for thread in threads():
        if thread.name == "outbound":
            thread.join(2)
            assert not thread.is_alive()


def test_a_connection_that_comes_about_too_late_is_dropped(
    server: WebServer, monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]
) -> None:
    slow, real = Event(), locate

    def locate_slowly(url: str) -> Any:
        slow.wait(5)
        return real(url)

    monkeypatch.setattr(outbound, "locate", locate_slowly)
    monkeypatch.setattr(outbound, "DEADLINE", 0.1)
    with pytest.raises(Unreached):
        post(server.url())
    slow.set()
    for thread in threads():
        if thread.name == "outbound":
            thread.join(5)
    assert server.requests == []


def test_no_more_is_read_than_the_cap(server: WebServer) -> None:
    server.replies = [Reply(200, body=b"x" * (outbound.MOST_READ + 1))]
    assert len(post(server.url()).body) == outbound.MOST_READ
    server.replies = [Reply(200, {"Content-Encoding": "gzip"}, b"not gzip, and not unpacked")]
    assert post(server.url()).body == b"not gzip, and not unpacked"
    assert server.requests[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("reply", [Reply(hangs_up=True), Reply(200, {"A" * 70_000: "b"})])
def test_what_is_no_answer_was_not_there(server: WebServer, reply: Reply) -> None:
    server.replies = [reply]
    with pytest.raises(Unreached, match="broke before there was an answer"):
        post(server.url())


def test_an_answer_that_breaks_off_is_one(server: WebServer) -> None:
    server.replies = [Reply(202, {"Content-Length": "99"}, b"begun")]
    answer = post(server.url())
    assert (answer.status, answer.body) == (202, b"begun")


def test_a_host_is_known_by_its_own_name_in_tls(
    settings: Settings, names: dict[str, list[str]], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    names["hooks.example"] = names["other.example"] = ["127.0.0.1"]
    context, authority = server_context(tmp_path, "hooks.example")
    asked_for: list[str] = []
    context.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    with serving(context) as server:
        hook = server.url(HOOK, "hooks.example", "https")
        with pytest.raises(Unreached, match="certificate"):  # an authority nobody knows
            post(hook)
        monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(authority))
        assert post(hook).status == 202
        with pytest.raises(Unreached, match="certificate"):
            post(server.url(HOOK, "other.example", "https"))
        assert len(server.requests) == 1
    assert asked_for == ["hooks.example", "hooks.example", "other.example"]


def unreached(monkeypatch: pytest.MonkeyPatch, server: WebServer) -> Iterator[str]:
    """One address after the other that fails in another way."""
    server.replies = [Reply(hangs_up=True), Reply(hangs=True)]
    yield server.url(HOOK)
    monkeypatch.setattr(outbound, "DEADLINE", 0.3)
    yield server.url(HOOK)
    yield server.url(HOOK, scheme="https")
    yield f"https://nowhere.invalid{HOOK}"
    yield f"http://127.0.0.1:{free_port()}{HOOK}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_address_stands_in_no_error_and_no_log(
    server: WebServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    errors = 0
    for url in unreached(monkeypatch, server):
        with pytest.raises(Unreached) as caught:
            post(url)
        assert SECRET not in told(caught.value)
        errors += 1
    for url in (f"https://10.0.0.1{HOOK}", f"https://me:{SECRET}@x.example/", f"https://[{SECRET}"):
        with pytest.raises(Refused) as refused:
            post(url)
        assert SECRET not in told(refused.value)
        errors += 1
    post(server.url(HOOK))
    assert errors == 8
    assert SECRET not in caplog.text


def test_debug_lines_of_the_library_are_switched_off(
    server: WebServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    post(server.url(HOOK))
    assert SECRET not in caplog.text


NOW = datetime(2026, 11, 18, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 7 ", timedelta(seconds=7)),
        ("0", timedelta(0)),
        ("Wed, 18 Nov 2026 08:32:00 GMT", timedelta(minutes=2)),
        ("Wed, 18 Nov 2026 08:00:00 GMT", timedelta(0)),
        ("Wed, 18 Nov 2030 08:00:00 GMT", timedelta(days=1)),
        ("99999999999999999999", timedelta(days=1)),
        ("", None),
        ("-1", None),
        ("soon", None),
        ("²", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_a_day_at_most(clock, value, wait) -> None:
    clock.move_to(NOW)
    answer = Answer(429, requests.structures.CaseInsensitiveDict({"retry-after": value}), b"")
    assert answer.retry_after() == wait


@given(st.text() | st.from_regex(r"\A\w{3}, \d{1,20} \w{3} \d{1,20} \d\d:\d\d:\d\d [+-]?\w+\Z"))
def test_no_retry_after_makes_us_stumble(value: str) -> None:
    wait = Answer(429, {"Retry-After": value}, b"").retry_after()
    assert wait is None or timedelta(0) <= wait <= timedelta(days=1)
