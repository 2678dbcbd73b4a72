"""What answers have in common, also those that no view of the API gave."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.exceptions import NotFound

from api.problems import DETAILS, MEDIA_TYPE, describe, respond

PATHS: Final = ("/api/", "/scim/")
TOLD: Final = {
    HTTPStatus.BAD_REQUEST: "The request cannot be read.",
    HTTPStatus.NOT_FOUND: DETAILS[NotFound],
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong on our side.",
}
KEPT: Final = ("Retry-After", "Cache-Control", "Allow", "WWW-Authenticate")


class ApiMiddleware:
    """Says how much may still be asked; an error under ``/api/`` is a problem, never a page.

    An unknown host, one that no host can be, a company that is closed, a crash in whatever stands
    before the views: a client reads them as it reads the rest.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path.startswith(PATHS):
            return response
        if request.path.startswith("/api/") and response.status_code >= HTTPStatus.BAD_REQUEST:
            response = _as_problem(request, response)
        if quota := getattr(request, "quota", None):
            for name, value in quota.headers().items():
                response[name] = value
        return response


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.headers.get("Content-Type") == MEDIA_TYPE:
        return response
    status = HTTPStatus(response.status_code)
    problem = respond(describe(status, TOLD.get(status, f"{status.description}."), request.path))
    for name in KEPT:
        if name in response.headers:
            problem[name] = response.headers[name]
    response.close()
    return problem
