"""One person at two addresses: by our uid, and by the HRIS's own key."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.request import Request

from api.bodies import MERGE_PATCH
from api.models import Scope
from api.people.changes import change
from api.people.examples import PERSON
from api.people.people import TAGS, describe, find
from api.people.schemas import ChangesSerializer, PersonSerializer
from api.queries import read_nothing
from api.schemas import BODY_PROBLEMS, NOT_MODIFIED, PROBLEMS, problem
from api.versions import IF_MATCH, IF_NONE_MATCH, respond
from api.views import ApiView

NOBODY = problem(404, "There is nobody of that key.")
SHOWN = OpenApiExample("Somebody", value=PERSON, response_only=True, status_codes=["200"])
READING = extend_schema(
    summary="Read somebody",
    description=(
        "One person with their department and manager. Answers `If-None-Match` with 304 as long "
        "as nothing of it changed. Needs the scope `people:read`."
    ),
    tags=TAGS,
    parameters=[IF_NONE_MATCH],
    responses={200: PersonSerializer, **NOT_MODIFIED, **PROBLEMS, **NOBODY},
    examples=[SHOWN],
)
CHANGING = extend_schema(
    summary="Change somebody",
    description=(
        "A merge patch (RFC 7396): what is not sent stays, null clears. It goes through the same "
        "door as a push, with the same consequences, and leaves a run. The manager is named by "
        "exactly one key, and null is nobody; the department by its name. `external_id`, "
        "`employment_status` and `rehired_on` cannot be cleared. Needs the scope `people:write`."
    ),
    tags=TAGS,
    parameters=[IF_MATCH],
    request=dict.fromkeys(MERGE_PATCH, ChangesSerializer),
    responses={
        200: PersonSerializer,
        **PROBLEMS,
        **NOBODY,
        **BODY_PROBLEMS,
        **problem(409, "A key belongs to somebody else."),
        **problem(412, "`If-Match` names another version than there is."),
    },
    examples=[
        OpenApiExample(
            "Another job and manager",
            value={"job_title": "Sales Lead", "manager": {"external_id": "HR-1001"}},
            request_only=True,
        ),
        OpenApiExample(
            "Off to parental leave, and one attribute gone",
            value={"employment_status": "leave", "attributes": {"cost_centre": None}},
            request_only=True,
        ),
        SHOWN,
    ],
)


@extend_schema_view(
    get=extend_schema(operation_id="retrieve_person"),
    patch=extend_schema(operation_id="change_person"),
)
class OnePerson(ApiView):
    required_scopes = {"GET": Scope.PEOPLE_READ, "PATCH": Scope.PEOPLE_WRITE}

    @READING
    def get(self, request: Request, **named: Any) -> HttpResponse:
        read_nothing(request)
        return respond(request, describe(find(**named)))

    @CHANGING
    def patch(self, request: Request, **named: Any) -> HttpResponse:
        read_nothing(request)
        return respond(request, describe(change(request, **named)))


@extend_schema_view(
    get=extend_schema(operation_id="retrieve_person_by_external_id"),
    patch=extend_schema(operation_id="change_person_by_external_id"),
)
class PersonByExternalId(OnePerson):
    """The key is URL-encoded, and may hold any character."""
