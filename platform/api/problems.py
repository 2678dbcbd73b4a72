"""Every error of the API as problem details (RFC 9457)."""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.views import set_rollback

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


DETAILS: dict[type[Exception], str] = {
    exceptions.AuthenticationFailed: (
        "Send a current token of this company: Authorization: Bearer tl_…"
    ),
    exceptions.ValidationError: "The request cannot be used as it is; see `errors`.",
    exceptions.NotFound: "There is nothing at this address. The reference is at /api/docs/.",
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
    body = {
        "type": getattr(problem, "problem_type", "about:blank"),
        "title": status.phrase,
        "status": status.value,
        "detail": _detail(problem),
        "instance": request.path,
    }
    if isinstance(problem, exceptions.ValidationError):
        prefix = "?" if isinstance(problem, InvalidQuery) else "#/"
        body["errors"] = [
            {"pointer": f"{prefix}{pointer}", "detail": detail}
            for pointer, detail in _flat(problem.detail)
        ]
    response = JsonResponse(body, status=status.value, content_type=MEDIA_TYPE)
    if header := getattr(problem, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(problem, "wait", None):
        response["Retry-After"] = str(int(wait))
    return response


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
            return exceptions.NotFound()
        case PermissionDenied():
            return exceptions.PermissionDenied()
    return None


def _detail(problem: exceptions.APIException) -> str:
    for kind, detail in DETAILS.items():
        if isinstance(problem, kind):
            return detail
    return str(problem.detail)


def _flat(detail: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """DRF's nested messages as (pointer, message); keys escaped as RFC 6901, section 3 has it."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            name = str(key).replace("~", "~0").replace("/", "~1")
            yield from _flat(inner, f"{pointer}/{name}" if pointer else name)
    elif isinstance(detail, list):
        for inner in detail:
            yield from _flat(inner, pointer)
    else:
        yield pointer, str(detail)
