"""The withdrawal of an assignment: there, or undone."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.assignments.assignment import NONE, STALE, describe_whole, find_current
from api.assignments.assignments import TAGS, find
from api.assignments.examples import STARTED, WITHDRAWN, shown
from api.assignments.schemas import AssignmentWithPlanSerializer
from api.bodies import read_no_body
from api.models import Scope
from api.problems import Conflict
from api.queries import read_nothing
from api.schemas import PROBLEMS, problem
from api.versions import IF_MATCH, respond
from api.views import ApiView
from learning.actions import undo_withdrawal, withdraw
from learning.models import Assignment


class Withdrawal(ApiView):
    required_scopes = dict.fromkeys(("POST", "DELETE"), Scope.ASSIGNMENTS_WRITE)

    @extend_schema(
        operation_id="withdraw_assignment",
        summary="Withdraw an assignment",
        description=(
            "Takes the path back and keeps what was done; a rule does not give it again. Twice is "
            "once. Takes no body. Needs the scope `assignments:write`."
        ),
        tags=TAGS,
        parameters=[IF_MATCH],
        request=None,
        responses={
            200: AssignmentWithPlanSerializer,
            **PROBLEMS,
            **NONE,
            **STALE,
            **problem(409, "It is completed, and stays so."),
        },
        examples=[shown("Withdrawn", WITHDRAWN)],
    )
    @transaction.atomic
    def post(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        read_no_body(request)
        withdraw(assignments=[find_current(request, uid)])
        assignment = find(uid)
        if assignment.status != Assignment.Status.WITHDRAWN:
            raise Conflict(f"It is {assignment.get_status_display()} and cannot be withdrawn.")
        return respond(request, describe_whole(assignment))

    @extend_schema(
        operation_id="undo_withdrawal",
        summary="Undo a withdrawal",
        description=(
            "Gives the path back where it stood, cut to what was seen since. Of somebody who is on "
            "leave it is paused. What is not withdrawn stays as it is. Takes no body. Needs the "
            "scope `assignments:write`."
        ),
        tags=TAGS,
        parameters=[IF_MATCH],
        responses={
            200: AssignmentWithPlanSerializer,
            **PROBLEMS,
            **NONE,
            **STALE,
            **problem(409, "They have left, or have the path open again; `detail` tells."),
        },
        examples=[shown("Back", STARTED)],
    )
    @transaction.atomic
    def delete(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        read_no_body(request)
        try:
            undo_withdrawal(assignments=[find_current(request, uid)])
        except ValidationError as error:
            raise Conflict(" ".join(error.messages)) from error
        return respond(request, describe_whole(find(uid)))
