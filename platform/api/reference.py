"""The reference for whoever connects a system: the OpenAPI schema, and pages to read it on."""

from contextlib import suppress
from typing import NoReturn

from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import AuthenticationFailed, NotFound
from rest_framework.request import Request
from rest_framework.views import APIView


class SchemaView(SpectacularAPIView):
    """Public, and the same for every company: it tells of no data."""


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI without inline script or style, so that the strict policy holds here too."""

    template_name = "api/docs.html"
    url_name = "api-schema"


@extend_schema(exclude=True)
class NothingHere(APIView):
    """Any other address under ``/api/``, so that a wrong one is a problem and not a web page."""

    permission_classes = ()

    def initial(self, request: Request, *args: object, **kwargs: object) -> NoReturn:
        with suppress(AuthenticationFailed):  # whoever asks is counted, and need be nobody
            request.user  # noqa: B018
        raise NotFound
