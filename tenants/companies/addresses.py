"""Which addresses that others give us may be written to: none that leads into a private network.

An address is resolved once, every answer is checked, and whoever connects does so to the IP
address that was checked: what the name means a moment later (DNS rebinding) matters no more.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

IP = IPv4Address | IPv6Address

PORTS = {"https": 443, "http": 80}
UNPRIVILEGED = 1024  # from here on anybody's port; below, other services listen

# What `is_global` lets through all the same (IANA's special-purpose address registries).
ELSEWHERE = [
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's own address for each of its virtual machines
        "192.0.0.0/24",  # protocols' own (RFC 6890); older Pythons know a part of it
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "::/8",  # an IPv4 address inside: mapped, compatible (RFC 4291), NAT64 (RFC 6052, 8215)
        "2001::/23",  # protocols' own (RFC 2928), among them Teredo: the same (RFC 4380)
        "2002::/16",  # 6to4: the same (RFC 3056)
        "3fff::/20",  # documentation (RFC 9637)
        "5f00::/16",  # segment routing (RFC 9602)
        "fec0::/10",  # site-local, given up but still routed inside (RFC 3879)
    )
]


class Refused(ValueError):
    """Nothing is sent to such an address; the text says why, to whoever typed it.

    It never holds the address itself, which may be a secret.
    """


class NotFound(Refused):
    """The name leads nowhere; it may later."""


@dataclass(frozen=True)
class Place:
    """Where an address leads: the host by name, and the one IP address that was checked."""

    parts: SplitResult
    host: str
    port: int
    ip: IP

    @property
    def url(self) -> str:
        """The address with the IP address in place of the name."""
        host = f"[{self.ip}]" if self.ip.version == 6 else str(self.ip)
        parts = self.parts._replace(netloc=f"{host}:{self.port}", fragment="")
        return (parts if parts.path else parts._replace(path="/")).geturl()

    @property
    def authority(self) -> str:
        """The ``Host`` header (RFC 9110, section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.parts.scheme] else f"{host}:{self.port}"


def locate(url: str) -> Place:
    """Where the address leads, after everything about it was checked. Raises `Refused`."""
    parts = read(url)
    host, port = _host(parts), parts.port or PORTS[parts.scheme]
    found = _resolve(host, port)
    loopback = settings.OUTBOUND_ALLOW_LOOPBACK and all(ip.is_loopback for ip in found)
    if not loopback and not all(is_public(ip) for ip in found):
        raise Refused(_("This address is not on the public internet: nothing is sent there."))
    if parts.scheme != "https" and not loopback:
        raise Refused(_("The address has to start with https://."))
    return Place(parts, host, port, found[0])


def read(url: str) -> SplitResult:
    """The parts of the address, as far as they can be judged without DNS. Raises `Refused`."""
    try:
        if not url.isprintable() or " " in url or "\\" in url:
            raise ValueError("parsers disagree about what these mean")
        parts = urlsplit(url)
        host, port = _host(parts), parts.port
    except ValueError:  # UnicodeError is one
        raise Refused(_("This is no address: copy it whole, from https:// on.")) from None
    if parts.scheme not in ("https", "http" if settings.OUTBOUND_ALLOW_LOOPBACK else "https"):
        raise Refused(_("The address has to start with https://."))
    if not host:
        raise Refused(_("This is no address: copy it whole, from https:// on."))
    if "@" in parts.netloc:
        raise Refused(_("An address with a user name or a password in it is not used."))
    if port is not None and port < UNPRIVILEGED and port != PORTS[parts.scheme]:
        raise Refused(_("Port %(port)s is another service's: leave it out.") % {"port": port})
    return parts


def is_public(ip: IP) -> bool:
    """Whether anybody on the internet would reach the same place by it."""
    return (
        ip.is_global
        and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local)
        and not any(ip in network for network in ELSEWHERE)
    )


def _host(parts: SplitResult) -> str:
    """In ASCII, and an IPv6 address without brackets."""
    host = (parts.hostname or "").rstrip(".")
    return host if ":" in host else host.encode("idna").decode()


def _resolve(host: str, port: int) -> list[IP]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFound(_("There is no such host: check the spelling.")) from error
    return [ip_address(sockaddr[0]) for *_rest, sockaddr in found]
