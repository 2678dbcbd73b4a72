"""``/Groups`` and ``/Groups/{id}``."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from api.scim.etags import matches
from api.scim.group_table import group_table
from api.scim.group_writes import create_group, patch_group, remove_group, replace_group
from api.scim.groups import as_model, find_group, group_version, represent, visible_members
from api.scim.queries import partial, read_partial, unread
from api.scim.resources import Group
from api.scim.search_views import Listing
from api.scim.views import ScimView, answer
from tenants.people.models import DirectoryGroup


class Groups(Listing):
    tables = (group_table,)

    def post(self, request: Request) -> HttpResponse:
        parameters = read_partial(request.query_params, Group)
        group = create_group(self.body())
        told = _told(group, self.caller.base, parameters)
        location = f"{self.caller.base}/Groups/{group.uid}"
        return answer(told, 201, ETag=group_version(group), Location=location)


class OneGroup(ScimView):
    def get(self, request: Request, uid: str) -> HttpResponse:
        parameters = read_partial(request.query_params, Group)
        group = find_group(uid)
        version = group_version(group)
        if matches(request.headers.get("If-None-Match", ""), version):
            return HttpResponse(status=304, headers={"ETag": version})
        return answer(_told(group, self.caller.base, parameters), ETag=version)

    def put(self, request: Request, uid: str) -> HttpResponse:
        parameters = read_partial(request.query_params, Group)
        group = replace_group(uid, self.body(), request.headers.get("If-Match"))
        return answer(_told(group, self.caller.base, parameters), ETag=group_version(group))

    def patch(self, request: Request, uid: str) -> HttpResponse:
        """204, unless attributes are asked for (RFC 7644, section 3.5.2).

        Nobody wants thousands of members back for adding one.
        """
        parameters = read_partial(request.query_params, Group)
        group = patch_group(uid, self.body(), request.headers.get("If-Match"))
        version = group_version(group)
        if parameters is None:
            return HttpResponse(status=204, headers={"ETag": version})
        return answer(_told(group, self.caller.base, parameters), ETag=version)

    def delete(self, request: Request, uid: str) -> HttpResponse:
        read_partial(request.query_params, Group)
        remove_group(uid, request.headers.get("If-Match"))
        return HttpResponse(status=204)


def _told(group: DirectoryGroup, base: str, parameters: Any) -> Mapping[str, Any]:
    """What is asked for of a group; without its members, they are not read."""
    whole = parameters is None or "members" not in unread(parameters)
    members = visible_members().filter(directory_groups=group) if whole else None
    named = parameters is not None and bool(parameters.attributes)
    return partial(represent(group, base, members=members, named=named), parameters, as_model)
