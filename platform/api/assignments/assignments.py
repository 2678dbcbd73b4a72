"""Assignments in pages, and giving a path to people."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.assignments.examples import ASSIGNMENT, GIVING_EXAMPLES
from api.assignments.giving import read_giving, refused
from api.assignments.schemas import (
    AssignedSerializer,
    AssignmentsSerializer,
    NewAssignmentsSerializer,
)
from api.models import Scope
from api.pages import PageQuery, as_uid, read_page
from api.people.people import keys_of
from api.queries import read_nothing, read_query, refuse_levels
from api.references import named
from api.schemas import BODY_PROBLEMS, NO_LEVELS, PROBLEMS
from api.views import ApiView
from learning.actions import assign_path
from learning.framing import Concern, check_framing
from learning.models import Assignment

TAGS = ["assignments"]
ASSIGNMENTS = Assignment.objects.select_related("person", "path", "outcome").defer(
    "person__password"
)


class AssignmentsQuery(PageQuery):
    person = serializers.UUIDField(required=False, help_text="Only theirs: a uid.")
    path = serializers.CharField(required=False, help_text="Only of it: its uid or its slug.")
    status = serializers.ChoiceField(
        required=False, choices=Assignment.Status.choices, help_text="Only those that are so."
    )


def find(uid: UUID) -> Assignment:
    """It with whom and what `describe` tells; raises `Http404`."""
    return get_object_or_404(ASSIGNMENTS.all(), uid=uid)


def describe(assignment: Assignment) -> dict[str, Any]:
    """An assignment as the API tells it, without its plan."""
    return {
        "uid": assignment.uid,
        "person": keys_of(assignment.person),
        "path": named(assignment.path),
        "outcome": named(assignment.outcome),
        "framing": {
            "claim": assignment.claim,
            "because": assignment.because,
            "sign": assignment.sign,
        },
        "status": assignment.status,
        "pause": assignment.pause or None,
        "source": assignment.source,
        "assigned_at": assignment.assigned_at,
        "starts_on": assignment.starts_on,
        "first_win_due_on": assignment.first_win_due_on,
        "first_win_at": assignment.first_win_at,
        "paused_on": assignment.paused_on,
        "completed_at": assignment.completed_at,
        "withdrawn_at": assignment.withdrawn_at,
    }


class Assignments(ApiView):
    required_scopes = {"GET": Scope.ASSIGNMENTS_READ, "POST": Scope.ASSIGNMENTS_WRITE}

    @extend_schema(
        operation_id="list_assignments",
        summary="List assignments",
        description=(
            "Also what is completed or withdrawn, in the order it was given; filters narrow it "
            "together. Needs the scope `assignments:read`."
        ),
        tags=TAGS,
        parameters=[AssignmentsQuery],
        responses={200: AssignmentsSerializer, **PROBLEMS, **NO_LEVELS},
        examples=[
            OpenApiExample(
                "A page", value={"assignments": [ASSIGNMENT], "next": None}, response_only=True
            )
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        refuse_levels(request)
        query = read_query(request, AssignmentsQuery)
        page = read_page(_chosen(query), query, of="assignments")
        return JsonResponse({"assignments": list(map(describe, page.rows)), "next": page.next})

    @extend_schema(
        operation_id="assign_path",
        summary="Give people a path",
        description=(
            "Everybody named gets the path with this framing and a plan cut to their own gaps, or "
            "nobody does: whatever is wrong refuses the whole, with a pointer at each entry. Who "
            "has the path open already keeps it, and is told in `already_assigned`; where that is "
            "everybody the answer is 200. At most 1,000 people.\n\n"
            "A framing that says nothing is refused. One that speaks of careers, hours or "
            "compliance instead of work is taken, and `concerns` say why it will not land and how "
            "to say it. Needs the scope `assignments:write`."
        ),
        tags=TAGS,
        request=NewAssignmentsSerializer,
        responses={
            200: AssignedSerializer,
            201: AssignedSerializer,
            **PROBLEMS,
            **BODY_PROBLEMS,
        },
        examples=GIVING_EXAMPLES,
    )
    def post(self, request: Request) -> HttpResponse:
        read_nothing(request)
        giving = read_giving(request)
        try:
            concerns = check_framing(giving.framing, giving.outcomes)
            assigned = assign_path(
                path=giving.path,
                people=giving.people,
                outcome=giving.outcomes[0],
                framing=giving.framing,
                actor=None,
                source=Assignment.Source.API,
                starts_on=giving.starts_on,
            )
        except ValidationError as error:
            raise refused(error, giving) from error
        answer = {
            "assignments": list(map(describe, assigned.assignments)),
            "already_assigned": list(map(keys_of, assigned.had_it)),
            "concerns": list(map(_told, concerns)),
        }
        return JsonResponse(answer, status=201 if assigned.assignments else 200)


def _chosen(query: dict[str, Any]) -> "QuerySet[Assignment]":
    filters: dict[str, Any] = {}
    if "person" in query:
        filters["person__uid"] = query["person"]
    if word := query.get("path"):
        uid = as_uid(word)
        filters["path__uid" if uid else "path__slug"] = uid or word
    if "status" in query:
        filters["status"] = query["status"]
    return ASSIGNMENTS.filter(**filters)


def _told(concern: Concern) -> dict[str, str]:
    return {
        "pointer": f"#/framing/{concern.part}",
        "part": concern.part,
        "code": concern.code,
        "words": concern.words,
        "reason": concern.reason,
        "hint": concern.hint,
    }
