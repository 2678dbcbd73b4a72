"""What a client sends, read no further than a stated limit."""

from collections.abc import Collection
from typing import Any

from django.utils.http import parse_header_parameters
from rest_framework.request import Request

from api.problems import BodyTooLarge, InvalidBody, LengthUnknown, UnusableContent

KIB, MIB = 1024, 1024 * 1024
SMALL_BODY = MIB
"""Bytes of a body that is about one thing."""
CHUNK = 64 * KIB
READ_AHEAD = "_body_read_ahead"
JSON = ("application/json",)
MERGE_PATCH = ("application/merge-patch+json", *JSON)
ACCEPT = {"POST": "Accept-Post", "PATCH": "Accept-Patch"}  # LDP 1.0, section 7.1; RFC 5789, 3.1


def media_type_of(request: Request, accepted: Collection[str]) -> str:
    """Which of these the body is; raises `UnusableContent` where none, or it is compressed."""
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding != "identity":
        told = f"Send the body as it is: {coding!r} is not read here."
        raise UnusableContent(told, {"Accept-Encoding": "identity"})
    given, parameters = parse_header_parameters(request.META.get("CONTENT_TYPE", ""))
    charset = parameters.get("charset", "utf-8").lower()
    if given in accepted and charset in ("utf-8", "utf8"):
        return given
    listed = ", ".join(accepted)
    header = {ACCEPT.get(request.method or "", "Accept"): listed}
    if given in accepted:
        raise UnusableContent(f"Send it as UTF-8: {charset!r} is not read here.", header)
    raise UnusableContent(
        f"Say in Content-Type what the body is: {listed}; {given or 'nothing'!r} is not read here.",
        header,
    )


def read_body(request: Request, limit: int = SMALL_BODY) -> bytes:
    """The whole body; one of more than `limit` bytes is refused before it has been read.

    Raises `BodyTooLarge`; `InvalidBody` where it ends before its Content-Length; `LengthUnknown`
    where it has none and the server does not know where it ends.
    """
    if (read := getattr(request, READ_AHEAD, None)) is not None:
        if len(read) > limit:
            raise _too_large(limit)
        return bytes(read)
    length = _length(request)
    if length is not None and length > limit:
        raise _too_large(limit)
    stream: Any = request
    if length is None:
        if not request.META.get("wsgi.input_terminated"):
            raise LengthUnknown
        stream = request.META["wsgi.input"]  # chunked: Django reads nothing without a length
    body = bytearray()
    while chunk := _next_chunk(stream, len(body)):
        body += chunk
        if len(body) > limit:
            raise _too_large(limit)
    if length is not None and len(body) < length:
        raise InvalidBody(("#", f"The body ended after {len(body)} of {length} bytes."))
    return bytes(body)


def read_ahead(request: Request, limit: int) -> bytes:
    """The body, before the view reads it, which gets the same; b"" where none is announced."""
    announced = _length(request) or request.META.get("HTTP_TRANSFER_ENCODING")
    body = read_body(request, limit) if announced else b""
    if announced:
        setattr(request, READ_AHEAD, body)
    return body


def read_no_body(request: Request) -> None:
    """Where nothing is to be said; raises `InvalidBody` for any body (RFC 9112, section 6.3)."""
    if _length(request) or request.META.get("HTTP_TRANSFER_ENCODING"):
        raise InvalidBody(("#", "Send no body: the address says it all."))


def _next_chunk(stream: Any, so_far: int) -> bytes:
    try:
        chunk: bytes = stream.read(CHUNK)
    except Exception as error:  # each server has its own for what is no chunk
        raise InvalidBody(("#", f"The body broke off after {so_far} bytes.")) from error
    return chunk


def as_text(body: bytes) -> str:
    """The body as text, without a byte-order mark; raises `InvalidBody` where it is not UTF-8."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        told = f"This is not UTF-8: byte {error.start} is 0x{body[error.start]:02x}."
        raise InvalidBody(("#", told, line)) from error


def _length(request: Request) -> int | None:
    """Bytes as the client announced them; None where it did not, as when it sends chunks."""
    given = request.META.get("CONTENT_LENGTH") or ""
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        return None  # RFC 9112, section 6.3: it overrides the length
    return int(given[:20]) if given.isascii() and given.isdecimal() else None


def _too_large(limit: int) -> BodyTooLarge:
    size = f"{limit // MIB} MiB" if limit >= MIB else f"{limit // KIB} KiB"
    return BodyTooLarge(f"The body is larger than {size} ({limit} bytes), which is the limit.")
