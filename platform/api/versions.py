"""Entity tags: whether somebody has the current version (RFC 9110, sections 8.8.3 and 13.1)."""

import hashlib
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.http import parse_etags
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from api.problems import Outdated

ENCODER = DjangoJSONEncoder(separators=(",", ":"), sort_keys=True)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The `ETag` you have: answered with 304 as long as it is current.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The `ETag` you read: answered with 412 where somebody changed it since.",
)


def version_of(told: dict[str, Any]) -> str:
    """The strong tag of what is told, so that whatever shows changes it."""
    return f'"{hashlib.sha256(ENCODER.encode(told).encode()).hexdigest()[:32]}"'


def respond(request: Request, told: dict[str, Any], status: int = 200) -> HttpResponse:
    """It with its tag; 304 where a GET says that it has it already."""
    version = version_of(told)
    if is_known(request, version):
        return HttpResponseNotModified(headers={"ETag": version})
    return JsonResponse(told, status=status, headers={"ETag": version})


def is_known(request: Request, version: str) -> bool:
    """Whether a GET says by ``If-None-Match`` that it has this version already."""
    known = [
        tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))
    ]
    return request.method in ("GET", "HEAD") and ("*" in known or version in known)


def check_current(request: Request, told: dict[str, Any]) -> None:
    """Raises `Outdated` where ``If-Match`` does not name what is told."""
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return
    if version_of(told) not in parse_etags(header):
        raise Outdated
