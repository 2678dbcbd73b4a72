"""One assignment, with the plan it led to."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.assignments.assignments import TAGS, describe, find
from api.assignments.examples import STARTED, shown
from api.assignments.schemas import AssignmentWithPlanSerializer
from api.models import Scope
from api.queries import read_nothing, refuse_levels
from api.schemas import NO_LEVELS, NOT_MODIFIED, PROBLEMS, problem
from api.versions import IF_NONE_MATCH, check_current, respond
from api.views import ApiView
from learning.models import Assignment, PlanStep

NONE = problem(404, "There is no assignment of that uid.")
STALE = problem(412, "`If-Match` names another version than there is.")


def describe_whole(assignment: Assignment) -> dict[str, Any]:
    """An assignment with its plan. One query."""
    plan = assignment.plan_steps.select_related("step").order_by("position")
    return {**describe(assignment), "plan": list(map(_step, plan))}


def find_current(request: Request, uid: UUID) -> Assignment:
    """It, about to be changed; raises `Outdated` where the request knows another version.

    With ``If-Match`` it is locked until the transaction ends: two queries more.
    """
    if "If-Match" in request.headers:
        get_object_or_404(Assignment.objects.select_for_update(), uid=uid)
        assignment = find(uid)
        check_current(request, describe_whole(assignment))
        return assignment
    return find(uid)


def _step(plan_step: PlanStep) -> dict[str, Any]:
    """Without what the receipt is made of: it holds the level that was observed."""
    step = plan_step.step
    return {
        "uid": step.identity,
        "title": step.title,
        "kind": step.kind,
        "state": plan_step.state,
        "quick_win": plan_step.quick_win,
        "receipt": {"code": plan_step.receipt_code},
    }


class OneAssignment(ApiView):
    required_scopes = {"GET": Scope.ASSIGNMENTS_READ}

    @extend_schema(
        operation_id="retrieve_assignment",
        summary="Read an assignment",
        description=(
            "With its plan: each step, where it stands, and the code of the receipt that says why "
            "it is there or was set aside. No hours, no score and no level. Needs the scope "
            "`assignments:read`."
        ),
        tags=TAGS,
        parameters=[IF_NONE_MATCH],
        responses={
            200: AssignmentWithPlanSerializer,
            **NOT_MODIFIED,
            **PROBLEMS,
            **NONE,
            **NO_LEVELS,
        },
        examples=[shown("Under way", STARTED)],
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        refuse_levels(request)
        read_nothing(request)
        return respond(request, describe_whole(find(uid)))
