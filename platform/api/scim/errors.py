"""Every error under ``/scim/v2/`` as a SCIM Error (RFC 7644, section 3.12)."""

import json
import logging
from http import HTTPStatus
from typing import Any

from django.core.signals import got_request_exception
from django.http import HttpResponse
from pydantic import ValidationError
from rest_framework import exceptions
from scim2_models import Error, SCIMException

from api.problems import DETAILS

MEDIA_TYPE = "application/scim+json"
HERE = {
    exceptions.NotFound: "There is nothing at this address; see /scim/v2/ResourceTypes.",
    exceptions.AuthenticationFailed: DETAILS[exceptions.AuthenticationFailed],
    exceptions.NotAuthenticated: DETAILS[exceptions.AuthenticationFailed],
}
logger = logging.getLogger(__name__)


def error_of(exception: Exception) -> Error | None:
    """The Error that tells of it; None for what nobody foresaw."""
    match exception:
        case SCIMException():
            return exception.to_error()
        case ValidationError():
            told = Error.from_validation_errors(exception)
            details = dict.fromkeys(_ended(error.detail or "") for error in told)
            return told[0].model_copy(update={"detail": " ".join(details)})
        case exceptions.APIException():
            detail = HERE.get(type(exception), str(exception.detail))
            return Error(status=exception.status_code, detail=detail)
    return None


def error_response(exception: Exception, context: dict[str, Any]) -> HttpResponse:
    """What a view answers when it raises. What nobody foresaw is logged, and is a bare 500."""
    error = error_of(exception)
    if error is None:
        request = context["request"]
        logger.exception("%s %s failed", request.method, request.path, exc_info=exception)
        got_request_exception.send(sender=None, request=request._request)
        error = Error(
            status=HTTPStatus.INTERNAL_SERVER_ERROR, detail="Something went wrong on our side."
        )
    response = HttpResponse(
        json.dumps(error.model_dump()),
        status=error.status,
        content_type=MEDIA_TYPE,
        headers=getattr(exception, "headers", None),
    )
    if header := getattr(exception, "auth_header", None):
        response["WWW-Authenticate"] = header
    return response


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."
