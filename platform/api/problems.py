"""Every error of the API as problem details (RFC 9457)."""

import logging
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.exceptions import NotFound
from rest_framework.views import set_rollback

from tenants.companies.request_ids import request_id

MEDIA_TYPE = "application/problem+json"
logger = logging.getLogger(__name__)


class InvalidQuery(exceptions.ValidationError):
    """Query parameters that cannot be used; `detail` is keyed by their names."""


class CursorExpired(exceptions.APIException):
    """RFC 9110, section 15.5.11: what the cursor pointed to is gone for good."""

    status_code = HTTPStatus.GONE
    default_detail = (
        "The feed was restored from a backup since. Start over without `after`, "
        "and drop the records whose uid you have already."
    )
    problem_type = "urn:throughline:problem:cursor-expired"


class InvalidBody(exceptions.APIException):
    """A body that cannot be used. `errors` are (pointer, detail) or (pointer, detail, line).

    A pointer is RFC 6901's as a URI fragment: ``#/rows/17/email``; `line` is the text's own.
    """

    status_code = HTTPStatus.BAD_REQUEST
    default_detail = "The body cannot be used as it is, and nothing was written; see `errors`."

    def __init__(self, *errors: tuple[str, str] | tuple[str, str, int]) -> None:
        super().__init__()
        self.errors = [
            dict(zip(("pointer", "detail", "line"), each, strict=False)) for each in errors
        ]


class BodyTooLarge(exceptions.APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class LengthUnknown(exceptions.APIException):
    """RFC 9110, section 15.5.12."""

    status_code = HTTPStatus.LENGTH_REQUIRED
    default_detail = "Send the body with its Content-Length."


class UnusableContent(exceptions.APIException):
    """RFC 9110, section 15.5.16; `headers` tell what could be used."""

    status_code = HTTPStatus.UNSUPPORTED_MEDIA_TYPE

    def __init__(self, detail: str, headers: dict[str, str]) -> None:
        super().__init__(detail)
        self.headers = headers


class Conflict(exceptions.APIException):
    """What is there already stands against it; `wait` is seconds until it may not any more."""

    status_code = HTTPStatus.CONFLICT

    def __init__(
        self, detail: str, problem_type: str = "about:blank", *, wait: int | None = None
    ) -> None:
        super().__init__(detail)
        self.problem_type, self.wait = problem_type, wait


class Outdated(exceptions.APIException):
    """RFC 9110, section 15.5.13: ``If-Match`` names another version than there is."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = "Somebody changed this since you read it: read it again, then write."


DETAILS: dict[type[Exception], str] = {
    exceptions.AuthenticationFailed: (
        "Send a current token of this company: Authorization: Bearer tl_…"
    ),
    exceptions.ValidationError: "The request cannot be used as it is; see `errors`.",
    NotFound: "There is nothing at this address. The reference is at /api/docs/.",
}


def problem_response(exception: Exception, context: dict[str, Any]) -> HttpResponse:
    """What DRF answers when a view raises. What nobody foresaw is logged, and is a bare 500."""
    problem = _foreseen(exception)
    request = context["request"]
    if problem is None:
        logger.exception("%s %s failed", request.method, request.path, exc_info=exception)
        got_request_exception.send(sender=None, request=request._request)
        problem = exceptions.APIException("Something went wrong on our side.")
    set_rollback()
    status = HTTPStatus(problem.status_code)
    kind = getattr(problem, "problem_type", "about:blank")
    body = describe(status, _detail(problem), request.path, kind)
    if isinstance(problem, exceptions.ValidationError):
        prefix = "?" if isinstance(problem, InvalidQuery) else "#/"
        body["errors"] = [
            {"pointer": f"{prefix}{pointer}", "detail": detail}
            for pointer, detail in _flat(problem.detail)
        ]
    elif isinstance(problem, InvalidBody):
        body["errors"] = problem.errors
    response = respond(body, getattr(problem, "headers", None))
    if header := getattr(problem, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(problem, "wait", None):
        response["Retry-After"] = str(int(wait))
    return response


def describe(
    status: HTTPStatus, detail: str, path: str, kind: str = "about:blank"
) -> dict[str, Any]:
    """The members that every problem has. One on our side tells how to find it in our log."""
    body = {
        "type": kind,
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "instance": path,
    }
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and (word := request_id()):
        body["request_id"] = word
    return body


def respond(body: dict[str, Any], headers: Mapping[str, str] | None = None) -> HttpResponse:
    return JsonResponse(body, status=body["status"], content_type=MEDIA_TYPE, headers=headers)


def _foreseen(exception: Exception) -> exceptions.APIException | None:
    match exception:
        case exceptions.NotAuthenticated():
            # answered as a wrong token is: which of them it was is nobody's business
            failure = exceptions.AuthenticationFailed()
            failure.auth_header = getattr(exception, "auth_header", None)  # type: ignore[attr-defined]
            return failure
        case exceptions.APIException():
            return exception
        case Http404():
            return NotFound()
        case PermissionDenied():
            return exceptions.PermissionDenied()
        case RequestDataTooBig():
            return BodyTooLarge("The request is larger than the limit.")
        case SuspiciousOperation():  # such as more parameters than anybody means
            return exceptions.ParseError("The request cannot be read.")
    return None


def _detail(problem: exceptions.APIException) -> str:
    for kind, detail in DETAILS.items():
        if isinstance(problem, kind):
            return detail
    return str(problem.detail)


def _flat(detail: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """DRF's nested messages as (pointer, message)."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            name = escaped(key)
            yield from _flat(inner, f"{pointer}/{name}" if pointer else name)
    elif isinstance(detail, list):
        for inner in detail:
            yield from _flat(inner, pointer)
    else:
        yield pointer, str(detail)


def escaped(key: object) -> str:
    """A member's name in a JSON pointer (RFC 6901, section 3), cut where it is endless."""
    return str(key)[:100].replace("~", "~0").replace("/", "~1")
