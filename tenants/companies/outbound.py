"""HTTP to addresses that others give us: never into a private network, and never for long.

requests-hardened checks the IP address that is connected to; `addresses` checks more, before.
Beyond that, a request here knows no redirects, proxies, cookies or ``.netrc``, decompresses
nothing, and reads no more than `MOST_READ` of the answer.
"""

import socket
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from threading import Thread
from typing import Any, Final, TypeVar

import requests
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.exceptions import HTTPError

from tenants.companies.addresses import NotFound, Place, Refused, locate, read

__all__ = ["Answer", "Refused", "Unreached", "check_address", "post", "send"]

Result = TypeVar("Result")

DEADLINE: Final = 10.0  # seconds for everything, from the name to the last byte
STEP: Final = 4.0  # seconds to connect, and again to agree on TLS
MOST_READ: Final = 64 * 1024  # bytes
LONGEST_WAIT: Final = timedelta(days=1)


class Unreached(ConnectionError):
    """Nobody answered, or not in time; later somebody may. The address is not in the text."""


@dataclass(frozen=True)
class Answer:
    """What the other side said. Names of headers are of either case; `body` may be cut off."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def retry_after(self) -> timedelta | None:
        """How long it asked us to wait (RFC 9110, section 10.2.3), a day at most."""
        value = self.headers.get("Retry-After", "").strip()
        try:
            if value.isascii() and value.isdigit():
                wait = timedelta(seconds=min(int(value[:9]), LONGEST_WAIT.total_seconds()))
            else:
                at = parsedate_to_datetime(value)
                wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - timezone.now()
        except (ValueError, OverflowError):
            return None
        return max(timedelta(0), min(wait, LONGEST_WAIT))


def post(
    url: str,
    *,
    json: Any = None,
    data: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """POST `json` or `data`, and return whatever was answered: a redirect is an answer too.

    Raises `Refused` where the address may not be written to, and `Unreached`, both within
    DEADLINE seconds. Neither holds the address, its causes included: it may be a secret.
    """
    return send("POST", url, json=json, data=data, headers=headers)


def send(method: str, url: str, *, most: int = MOST_READ, **content: Any) -> Answer:
    """As `post`, with any method; of the answer's body, `most` bytes are read."""
    read(url)
    line = _Line()
    return _in_time(lambda: line.send(method, url, most=most, **content), line.cut)


def check_address(url: str) -> None:
    """For what somebody types: raises `Refused`, within DEADLINE seconds. Asks DNS."""
    try:
        _in_time(lambda: locate(url), lambda: None)
    except Unreached:
        raise Refused(_("This host cannot be looked up: try again in a minute.")) from None


def _in_time(work: Callable[[], Result], give_up: Callable[[], None]) -> Result:
    """What `work` returns, from a thread of its own: looking up a name cannot be interrupted.

    `Refused` and `Unreached` come without their causes, in whose texts the address stands.
    """
    result, language = Future[Result](), translation.get_language()

    def run() -> None:
        try:
            with translation.override(language):
                result.set_result(work())
        except BaseException as error:  # noqa: BLE001  # handed to whoever waits for the result
            result.set_exception(error)

    Thread(target=run, name="outbound", daemon=True).start()
    try:
        failure = result.exception(timeout=DEADLINE)
    except TimeoutError:
        give_up()
        failure = Unreached(f"No answer within {DEADLINE:.0f} seconds.")
    if isinstance(failure, Refused | Unreached):
        raise type(failure)(str(failure))
    return result.result()


class _Line:
    """One request, in a thread of its own that can be told to let go of its connection."""

    def __init__(self) -> None:
        self.is_cut = False
        self._handle: socket.socket | None = None

    def send(self, method: str, url: str, *, most: int, **content: Any) -> Answer:
        try:
            place = locate(url)
        except NotFound as error:
            raise Unreached("There is no such host at the moment.") from error
        try:
            with closing(_Adapter(place, self)) as adapter:
                return adapter.exchange(method, most=most, **content)
        except InvalidIPAddress as error:
            raise Refused(_("Nothing is sent to this address.")) from error
        except requests.exceptions.SSLError as error:
            raise Unreached(
                "No secure connection: its certificate is not to be trusted."
            ) from error
        except (requests.Timeout, TimeoutError) as error:
            raise Unreached("No answer in time.") from error
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise Unreached("No connection, or it broke before there was an answer.") from error
        finally:
            if self._handle:
                self._handle.close()

    def hold(self, connected: socket.socket) -> None:
        """Keep a handle on the connection, which lasts through TLS."""
        self._handle = connected.dup()
        if self.is_cut:
            connected.close()
            raise TimeoutError("Nobody waits for it any more.")

    def cut(self) -> None:
        self.is_cut = True
        if self._handle:
            with suppress(OSError):  # it ended by itself just now
                self._handle.shutdown(socket.SHUT_RDWR)


class _Adapter(IPFilterAdapter):  # type: ignore[misc]  # published without types
    """Connects to the IP address of a place, and speaks to it as the host it is."""

    def __init__(self, place: Place, line: _Line) -> None:
        self._place, self._line = place, line
        super().__init__(
            is_https_proto=place.parts.scheme == "https",
            allow_loopback=settings.OUTBOUND_ALLOW_LOOPBACK,
        )

    def exchange(
        self, method: str, *, most: int, headers: Mapping[str, str] | None, **content: Any
    ) -> Answer:
        request = requests.Request(
            method,
            self._place.url,
            headers={"User-Agent": "Throughline", "Accept-Encoding": "identity", **(headers or {})},
            **content,
        ).prepare()
        response = self.send(request, stream=True, timeout=(STEP, DEADLINE), verify=True)
        with closing(response):
            body = response.raw.read(most, decode_content=False)
        return Answer(response.status_code, response.headers, body)

    def build_connection_pool_key_attributes(self, request: Any, *args: Any) -> tuple[Any, Any]:
        where, how = super().build_connection_pool_key_attributes(request, *args)
        request.headers["Host"] = self._place.authority
        if self._place.parts.scheme == "https":
            how["server_hostname"] = how["assert_hostname"] = self._place.host
        return where, how

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **options)
        pool.ConnectionCls = _held(pool.ConnectionCls, self._line)
        return pool


def _held(kind: Any, line: _Line) -> Any:
    class Held(kind):  # type: ignore[misc]
        def _new_conn(self) -> socket.socket:
            connected: socket.socket = super()._new_conn()
            line.hold(connected)
            return connected

    return Held
