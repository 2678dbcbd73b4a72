"""Pages and what they are made of travel compressed."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/html", "text/css", "text/javascript", "image/svg+xml")


class PageGZipMiddleware(GZipMiddleware):
    """Nothing of the API: a compressed answer has a weak ETag, which If-Match never matches.

    Secrets in pages are masked anew each time, and Django pads what it compresses at random, so
    that a page's length tells nothing (BREACH).
    """

    def process_response(self, request: HttpRequest, response: Any) -> HttpResponseBase:
        kind = response.get("Content-Type", "").partition(";")[0]
        return super().process_response(request, response) if kind in COMPRESSED else response
