"""What every address under ``/scim/v2/`` has in common."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn, cast

from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView
from scim2_models import NotImplementedException

from api.models import ApiToken, Scope
from api.scim.bodies import read_body
from api.scim.errors import MEDIA_TYPE, error_response

PREFIX: Final = "/scim/v2"
ENTRA_FLAG: Final = "aadOptscim062020"
"""Part of the address that is entered in Entra, which may send it along with any request."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the address our resources are below, and the name of the token."""

    base: str
    origin: str


@extend_schema(exclude=True)
class ScimView(APIView):
    """Bearer token, JSON in, SCIM's JSON out, every refusal a SCIM Error.

    A view names its scopes as all of the API does. Answers are ``application/scim+json`` whatever
    is asked for: identity providers send any ``Accept`` and read nothing else.
    """

    http_method_names = ["get", "post", "put", "patch", "delete", "head"]
    required_scopes: dict[str, Scope] = {
        "GET": Scope.PEOPLE_READ,
        **dict.fromkeys(("POST", "PUT", "PATCH", "DELETE"), Scope.PEOPLE_WRITE),
    }

    def perform_content_negotiation(
        self, request: Request, force: bool = False
    ) -> tuple[BaseRenderer, str]:
        return JSONRenderer(), MEDIA_TYPE

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        if ENTRA_FLAG in request.GET:
            query = request.GET.copy()
            del query[ENTRA_FLAG]
            request.GET = query  # type: ignore[assignment]
        return super().initialize_request(request, *args, **kwargs)

    def get_exception_handler(self) -> Callable[[Exception, dict[str, Any]], HttpResponse]:
        return error_response

    @property
    def caller(self) -> Caller:
        token = cast("ApiToken", self.request.auth)
        return Caller(self.request.build_absolute_uri(PREFIX), token.name)

    def body(self) -> Mapping[str, Any]:
        """The JSON object that was sent; see `read_body`."""
        return read_body(self.request)


def answer(body: Mapping[str, Any], status: int = 200, **headers: str) -> HttpResponse:
    """JSON of SCIM's media type. A header's name is written with underscores."""
    response = HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response


class NothingHere(ScimView):
    """Any other address below ``/scim/v2/``."""

    authentication_classes = ()
    permission_classes = ()

    def initial(self, request: Request, *args: object, **kwargs: object) -> NoReturn:
        raise NotFound


class Me(ScimView):
    """A token stands for a system, so there is no "me" (RFC 7644, section 3.11)."""

    def get(self, request: Request) -> NoReturn:
        raise NotImplementedException(detail="A token is nobody in particular: use /Users.")

    post = put = patch = delete = get
