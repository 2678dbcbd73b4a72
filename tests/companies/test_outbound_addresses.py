"""Addresses that lead into a private network are refused, however they are written."""

import socket
from ipaddress import ip_address
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from tenants.companies import outbound
from tenants.companies.addresses import is_public, locate
from tenants.companies.outbound import Refused, check_address

PRIVATE = [
    "0.0.0.0",  # noqa: S104  # nothing is bound
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",  # CGNAT
    "100.100.100.200",  # Alibaba's metadata
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",  # Azure's own
    "169.254.169.254",  # metadata
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",  # Oracle's metadata
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",  # IPv4-compatible
    "::8.8.8.8",
    "::ffff:127.0.0.1",  # IPv4-mapped
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",  # IPv4-translated
    "64:ff9b::7f00:1",  # NAT64
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",  # Teredo
    "2001:20::1",  # ORCHIDv2
    "2001:db8::1",
    "2002:7f00:1::",  # 6to4 of loopback
    "2002:a00:1::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",  # AWS' metadata
    "fe80::1",
    "fec0::1",
    "ff02::1",
]
PUBLIC = ["8.8.8.8", "13.107.6.152", "52.112.0.1", "2603:1030::1", "2a00:1450:4001:800::200e"]


def resolved(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Every name resolves to these from now on; returns the names that were asked for."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [
            (
                socket.AF_INET6 if ":" in answer else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (answer, port, 0, 0) if ":" in answer else (answer, port),
            )
            for answer in answers
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def literal(ip: str) -> str:
    return f"[{ip}]" if ":" in ip else ip


@pytest.mark.parametrize("ip", PRIVATE)
def test_a_private_address_is_refused_as_it_is_and_behind_a_name(ip, monkeypatch):
    with pytest.raises(Refused, match="not on the public internet"):
        check_address(f"https://{literal(ip)}/")
    resolved(monkeypatch, ip)
    with pytest.raises(Refused, match="not on the public internet"):
        check_address("https://hooks.example/")


@pytest.mark.parametrize("ip", PUBLIC)
def test_a_public_address_is_taken_as_it_is_and_behind_a_name(ip, monkeypatch):
    check_address(f"https://{literal(ip)}/hook?sig=s")
    resolved(monkeypatch, ip)
    assert str(locate("https://hooks.example/hook").ip) == ip


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "127.1",
        "127.0.1",
        "0",
        "127.0.0.1.",
        "localhost",
        "LOCALHOST.",
        "１２７.０.０.１",  # full width
        "127。0。0。1",  # ideographic full stops
        "ⓛocalhost",
        "2852039166",  # 169.254.169.254
        "0xa9fea9fe",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
    ],
)
def test_another_way_to_write_a_private_address_is_refused(host):
    with pytest.raises(Refused, match="not on the public internet"):
        check_address(f"https://{host}/")


@pytest.mark.parametrize("answers", [["8.8.8.8", "10.0.0.1"], ["fd00::1", "8.8.8.8"]])
def test_one_private_address_among_several_is_enough(answers, monkeypatch):
    resolved(monkeypatch, *answers)
    with pytest.raises(Refused, match="not on the public internet"):
        check_address("https://hooks.example/")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "https://"),
        ("hooks.example/x", "https://"),
        ("//hooks.example/x", "https://"),
        ("http://hooks.example/", "https://"),
        ("ftp://hooks.example/", "https://"),
        ("file:///etc/passwd", "https://"),
        ("gopher://hooks.example/", "https://"),
        ("javascript:alert(1)", "https://"),
        ("https://", "copy it whole"),
        ("https:///path", "copy it whole"),
        ("https://hooks.example:notaport/", "copy it whole"),
        ("https://hooks.example:99999/", "copy it whole"),
        ("https://[::1/", "copy it whole"),
        ("https://a..b/", "copy it whole"),
        (f"https://{'a' * 64}.example/", "copy it whole"),
        ("https://hooks.example/a b", "copy it whole"),
        ("https://hooks.example\\@10.0.0.1/", "copy it whole"),
        ("https://hooks.example/\r\nHost: x", "copy it whole"),
        ("https://hooks\t.example/", "copy it whole"),
        ("https://hooks.example\x00/", "copy it whole"),
        ("https://me:secret@hooks.example/", "password"),
        ("https://hooks.example@10.0.0.1/", "password"),
        ("https://@hooks.example/", "password"),
        ("https://hooks.example:22/", "Port 22"),
        ("https://hooks.example:80/", "Port 80"),
        ("https://hooks.example:0/", "Port 0"),
    ],
)
def test_what_is_no_such_address_is_refused_with_the_reason(url, told, monkeypatch):
    asked = resolved(monkeypatch, "8.8.8.8")
    with pytest.raises(Refused, match=told):
        check_address(url)
    assert asked == []


@pytest.mark.parametrize("port", ["", ":", ":443", ":8443"])
def test_the_usual_port_and_unprivileged_ones_are_taken(port, monkeypatch):
    resolved(monkeypatch, "8.8.8.8")
    check_address(f"https://hooks.example{port}/")


def test_a_name_nobody_has_is_refused_where_it_is_typed(monkeypatch):
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(Refused, match="check the spelling"):
        check_address("https://hooks.exmaple/")


def test_a_name_that_takes_for_ever_is_refused_in_time(monkeypatch):
    over = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(5) and [])
    monkeypatch.setattr(outbound, "DEADLINE", 0.2)
    with pytest.raises(Refused, match="try again in a minute"):
        check_address("https://hooks.example/")
    over.set()


def test_loopback_is_taken_where_settings_say_so_and_nothing_else_is(settings: Settings):
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    check_address("http://127.0.0.1:8000/hook")
    check_address("https://[::1]:8000/hook")
    for url in ("https://10.0.0.1/", "https://169.254.169.254/", "https://0.0.0.0/"):
        with pytest.raises(Refused, match="not on the public internet"):
            check_address(url)
    with pytest.raises(Refused, match="https://"):
        check_address("http://8.8.8.8/")


def test_a_refusal_is_said_in_the_reader_s_words_and_without_the_address():
    for url in ("https://10.0.0.1/hook?sig=secret", "https://u:secret@h.example/", "secret"):
        with pytest.raises(Refused) as caught:
            check_address(url)
        assert "secret" not in str(caught.value)
        assert "10.0.0.1" not in str(caught.value)


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_of_a_private_range_is_public(ip):
    if ip.is_private or ip.is_multicast or ip.is_reserved or ip.is_loopback:
        assert not is_public(ip)


@given(st.ip_addresses(v=4))
def test_no_ipv6_address_that_carries_an_ipv4_address_is_public(ip):
    for prefix in ("::", "::ffff:", "::ffff:0:", "64:ff9b::"):
        assert not is_public(ip_address(f"{prefix}{ip}"))
    assert not is_public(ip_address(int(ip_address("2002::")) | int(ip) << 80))


@given(st.ip_addresses(v=6))
def test_only_global_unicast_is_public(ip):
    assert not is_public(ip) or int(ip) >> 125 == 1  # 2000::/3 (RFC 4291, section 2.4)
