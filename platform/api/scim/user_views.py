"""``/Users`` and ``/Users/{id}``."""

from django.http import HttpResponse
from rest_framework.request import Request

from api.scim.etags import matches
from api.scim.queries import partial, read_partial
from api.scim.resources import FullUser
from api.scim.search_views import Listing
from api.scim.user_table import user_table
from api.scim.user_writes import change_user, create_user, delete_user, find_person, replace_user
from api.scim.users import as_model, represent
from api.scim.views import ScimView, answer


class Users(Listing):
    """The people an identity provider knows, and one more."""

    tables = (user_table,)

    def post(self, request: Request) -> HttpResponse:
        parameters = read_partial(request.query_params, FullUser)
        user = create_user(self.body(), self.caller)
        told = partial(user, parameters, as_model)
        return answer(told, 201, ETag=user["meta"]["version"], Location=user["meta"]["location"])


class OneUser(ScimView):
    """Somebody who has left stays readable until they are deleted."""

    def get(self, request: Request, uid: str) -> HttpResponse:
        parameters = read_partial(request.query_params, FullUser)
        user = represent(find_person(uid), self.caller.base)
        if matches(request.headers.get("If-None-Match", ""), user["meta"]["version"]):
            return HttpResponse(status=304, headers={"ETag": user["meta"]["version"]})
        return answer(partial(user, parameters, as_model), ETag=user["meta"]["version"])

    def put(self, request: Request, uid: str) -> HttpResponse:
        parameters = read_partial(request.query_params, FullUser)
        user = replace_user(uid, self.body(), self.caller, if_match=_expected(request))
        return answer(partial(user, parameters, as_model), ETag=user["meta"]["version"])

    def patch(self, request: Request, uid: str) -> HttpResponse:
        parameters = read_partial(request.query_params, FullUser)
        user = change_user(uid, self.body(), self.caller, if_match=_expected(request))
        return answer(partial(user, parameters, as_model), ETag=user["meta"]["version"])

    def delete(self, request: Request, uid: str) -> HttpResponse:
        read_partial(request.query_params, FullUser)
        delete_user(uid, self.caller, if_match=_expected(request))
        return HttpResponse(status=204)


def _expected(request: Request) -> str | None:
    return request.headers.get("If-Match")
