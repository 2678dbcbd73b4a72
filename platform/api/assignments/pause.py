"""The pause of an assignment by hand: there, or over."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.assignments.assignment import NONE, STALE, describe_whole, find_current
from api.assignments.assignments import TAGS, find
from api.assignments.examples import PAUSED, STARTED, shown
from api.assignments.schemas import AssignmentWithPlanSerializer
from api.bodies import read_no_body
from api.models import Scope
from api.problems import Conflict
from api.queries import read_nothing
from api.schemas import PROBLEMS, problem
from api.versions import IF_MATCH, respond
from api.views import ApiView
from learning.actions import pause_assignment, resume_assignment

OVER = problem(409, "It is completed or withdrawn.")


class Pause(ApiView):
    required_scopes = dict.fromkeys(("POST", "DELETE"), Scope.ASSIGNMENTS_WRITE)

    @extend_schema(
        operation_id="pause_assignment",
        summary="Pause an assignment",
        description=(
            "It rests until somebody resumes it, and the days do not count for a first win. Twice "
            "is once; what leave has paused already stays so. Takes no body. Needs the scope "
            "`assignments:write`."
        ),
        tags=TAGS,
        parameters=[IF_MATCH],
        request=None,
        responses={200: AssignmentWithPlanSerializer, **PROBLEMS, **NONE, **OVER, **STALE},
        examples=[shown("Paused", PAUSED)],
    )
    @transaction.atomic
    def post(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        read_no_body(request)
        try:
            pause_assignment(assignment=find_current(request, uid))
        except ValidationError as error:
            raise Conflict(" ".join(error.messages)) from error
        return respond(request, describe_whole(find(uid)))

    @extend_schema(
        operation_id="resume_assignment",
        summary="Resume an assignment",
        description=(
            "It goes on where it stood. Of somebody who is on leave it stays paused, and goes on "
            "when they are back. What is not paused stays as it is. Takes no body. Needs the scope "
            "`assignments:write`."
        ),
        tags=TAGS,
        parameters=[IF_MATCH],
        responses={200: AssignmentWithPlanSerializer, **PROBLEMS, **NONE, **OVER, **STALE},
        examples=[shown("Going on", STARTED)],
    )
    @transaction.atomic
    def delete(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        read_no_body(request)
        try:
            resume_assignment(assignment=find_current(request, uid))
        except ValidationError as error:
            raise Conflict(" ".join(error.messages)) from error
        return respond(request, describe_whole(find(uid)))
