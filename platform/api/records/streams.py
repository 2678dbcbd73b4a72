"""The feed as newline-delimited JSON, however long, in the memory of one batch."""

from collections.abc import Iterator
from contextlib import ExitStack
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import StreamingHttpResponse
from rest_framework.exceptions import APIException
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from api.limits import EXCEEDED
from api.problems import InvalidQuery
from learning.feed import Cursor, Wanted, read_last, stream
from tenants.companies.connections import claimed, connection

NDJSON: Final = "application/x-ndjson"
PATIENCE: Final = 30.0  # seconds for the reader to take one batch, which is about half a megabyte
LINE_ENDS = {mark: f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}
"""What some readers take for the end of a line, and JSON does not have to escape."""


class NdjsonRenderer(BaseRenderer):
    """Lets it be asked for; what is sent is written by `stream_records`."""

    media_type = NDJSON
    format = "ndjson"


class NeedsChunks(APIException):
    """HTTP/1.0 ends an answer by hanging up: one that broke would look complete."""

    status_code = 505
    default_detail = (
        "A stream needs HTTP/1.1, by which a break is told from the end. Have the proxy in between "
        "speak it (nginx: proxy_http_version 1.1), or read pages."
    )


class TooManyStreams(APIException):
    """Each keeps a web worker busy for as long as its reader takes."""

    status_code = HTTPStatus.TOO_MANY_REQUESTS
    problem_type = EXCEEDED
    wait = 5  # seconds

    def __init__(self) -> None:
        super().__init__(
            f"{settings.API_STREAMS} streams of your company are being sent, which is how many "
            "there may be at a time: let one end, or read pages."
        )


class Batches(Iterator[bytes]):
    """What is sent of a stream, and `places` to be left when it is over, complete or not."""

    def __init__(self, lines: Iterator[bytes], places: ExitStack) -> None:
        self._lines, self.close = lines, places.close

    def __next__(self) -> bytes:
        return next(self._lines)


def stream_records(request: Request, *, after: Cursor, wanted: Wanted) -> StreamingHttpResponse:
    """Everything from the cursor up to now. Where to go on is known at once, and is the `Link`.

    Raises `InvalidQuery` for a limit, `NeedsChunks` for HTTP/1.0, `TooManyStreams`.
    """
    if "limit" in request.query_params:
        raise InvalidQuery({"limit": "A stream has no limit: leave this out, or ask for JSON."})
    if request.META.get("SERVER_PROTOCOL") == "HTTP/1.0":
        raise NeedsChunks
    if reader := request.META.get("gunicorn.socket"):
        reader.settimeout(PATIENCE)  # or whoever stops reading would keep a worker for good
    until = max(after, read_last())
    sent = request.method == "GET" and after < until
    return StreamingHttpResponse(
        _batches(after, until, wanted) if sent else (),
        content_type=NDJSON,
        headers={
            "Link": f'<{_address(request, until)}>; rel="next"',
            "X-Accel-Buffering": "no",  # nginx would write it to its disk first
        },
    )


def _batches(after: Cursor, until: Cursor, wanted: Wanted) -> Batches:
    places = _one_of_few()
    return Batches(map(_lines, stream(after=after, until=until, wanted=wanted)), places)


def _one_of_few() -> ExitStack:
    """A place among the company's streams, whichever process sends them."""
    for number in range(settings.API_STREAMS):
        with ExitStack() as place:
            if place.enter_context(claimed(f"stream.{connection.schema_name}.{number}")):
                return place.pop_all()
    raise TooManyStreams


def _address(request: Request, after: Cursor) -> str:
    """This address with another place in the feed."""
    query = request.query_params.copy()
    query["after"] = str(after)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode(safe=':,')}")


def _lines(records: list[str]) -> bytes:
    text = "".join(f"{record}\n" for record in records)
    for mark, escaped in LINE_ENDS.items():
        text = text.replace(mark, escaped)
    return text.encode()
