"""What the service can do and what its resources are (RFC 7644, section 4; RFC 7643, 5 to 7)."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from scim2_models import (
    AuthenticationScheme,
    Bulk,
    ChangePassword,
    Context,
    ETag,
    External,
    Filter,
    ForbiddenException,
    NotFoundException,
    Patch,
    Reference,
    Resource,
    ResourceType,
    Schema,
    ServiceProviderConfig,
    Sort,
)

from api.scim.queries import SCHEMA, SEARCH, refuse_unknown
from api.scim.resources import (
    BULK_BYTES,
    BULK_OPERATIONS,
    MAX_RESULTS,
    EnterpriseUser,
    FullUser,
    Group,
    ThroughlineUser,
    User,
)
from api.scim.views import ScimView, answer

DOCUMENTATION = "/api/docs/"
DESCRIBED = (
    User,
    EnterpriseUser,
    ThroughlineUser,
    Group,
    ServiceProviderConfig,
    ResourceType,
    Schema,
)


@cache
def _schemas() -> list[dict[str, Any]]:
    return [_dumped(model.to_schema()) for model in DESCRIBED]


@cache
def _resource_types() -> list[dict[str, Any]]:
    return [_dumped(ResourceType.from_resource(model)) for model in (FullUser, Group)]


def _dumped(resource: Resource[Any]) -> dict[str, Any]:
    return resource.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)


def _config(documentation: str) -> ServiceProviderConfig:
    return ServiceProviderConfig(
        documentation_uri=Reference[External](documentation),
        patch=Patch(supported=True),
        bulk=Bulk(supported=True, max_operations=BULK_OPERATIONS, max_payload_size=BULK_BYTES),
        filter=Filter(supported=True, max_results=MAX_RESULTS),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=True),
        etag=ETag(supported=True),
        authentication_schemes=[
            AuthenticationScheme(
                type=AuthenticationScheme.Type.oauthbearertoken,
                name="Bearer token",
                description="Authorization: Bearer tl_…, issued on the admin site.",
                spec_uri=Reference[External]("https://www.rfc-editor.org/rfc/rfc6750"),
                documentation_uri=Reference[External](documentation),
                primary=True,
            )
        ],
    )


class Described(ScimView):
    """Read-only, and all of it at once: it is not queried, and a filter is refused."""

    http_method_names = ["get", "head"]
    endpoint = ""
    kind = ""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown(request.query_params, SEARCH)
        if "filter" in map(str.lower, request.query_params):
            raise ForbiddenException(detail="This is answered whole: leave the filter out.")

    def resources(self) -> Sequence[dict[str, Any]]:
        raise NotImplementedError

    def located(self, resource: dict[str, Any]) -> dict[str, Any]:
        location = f"{self.caller.base}/{self.endpoint}/{resource['id']}"
        return {**resource, "meta": {"resourceType": self.kind, "location": location}}


class Listed(Described):
    def get(self, request: Request) -> HttpResponse:
        listed = [self.located(resource) for resource in self.resources()]
        return answer(
            {
                "schemas": [SCHEMA],
                "totalResults": len(listed),
                "startIndex": 1,
                "itemsPerPage": len(listed),
                "Resources": listed,
            }
        )


class One(Described):
    def get(self, request: Request, name: str) -> HttpResponse:
        for resource in self.resources():
            if resource["id"].lower() == name.lower():
                return answer(self.located(resource))
        raise NotFoundException(detail=f"There is no {self.kind} {name[:100]!r}.")


class _OfSchemas(Described):
    endpoint, kind = "Schemas", "Schema"

    def resources(self) -> Sequence[dict[str, Any]]:
        return _schemas()


class _OfResourceTypes(Described):
    endpoint, kind = "ResourceTypes", "ResourceType"

    def resources(self) -> Sequence[dict[str, Any]]:
        return _resource_types()


class Schemas(_OfSchemas, Listed):
    """``/Schemas``."""


class OneSchema(_OfSchemas, One):
    """``/Schemas/{urn}``."""


class ResourceTypes(_OfResourceTypes, Listed):
    """``/ResourceTypes``."""


class OneResourceType(_OfResourceTypes, One):
    """``/ResourceTypes/{name}``."""


class Config(Described):
    """``/ServiceProviderConfig``."""

    def get(self, request: Request) -> HttpResponse:
        config = _dumped(_config(request.build_absolute_uri(DOCUMENTATION)))
        location = f"{self.caller.base}/ServiceProviderConfig"
        meta = {"resourceType": "ServiceProviderConfig", "location": location}
        return answer({**config, "meta": meta})
