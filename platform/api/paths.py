"""Paths and the outcomes they can be given for: what an assignment names."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.models import Scope
from api.pages import PageQuery, read_page
from api.queries import read_nothing, read_query
from api.references import named
from api.roles import ROLE_KEYS, RoleKeysSerializer
from api.schemas import NOT_MODIFIED, PROBLEMS, problem
from api.versions import IF_NONE_MATCH, respond
from api.views import ApiView
from learning.models import Path, Step

TAGS = ["paths"]
NONE = problem(404, "There is no path of that uid.")
PATH: dict[str, Any] = {
    "uid": "0199a1b2-0000-7000-8000-0000000000f1",
    "slug": "from-first-call-to-signature",
    "name": "From first call to signature",
    "summary": "Twelve steps, each in a deal of your own.",
    "status": "published",
    "role": ROLE_KEYS,
    "outcomes": [
        {
            "uid": "0199a1b2-0000-7000-8000-0000000000a1",
            "slug": "close-faster",
            "name": "Close deals faster",
            "measure": "median days from demo to close",
        }
    ],
    "steps": [
        {
            "uid": "0199a1b2-0000-7000-8000-0000000000b1",
            "title": "Open a call with an agenda",
            "kind": "do_on_the_job",
            "effort": "1 call",
            "quick_win": True,
        }
    ],
}


class PathOutcomeSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    measure = serializers.CharField()


class PathStepSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField(help_text="As learning records name it, whatever changes.")
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=Step.Kind.choices)
    effort = serializers.CharField(
        allow_blank=True, help_text="How long the content is, as L&D wrote it. Not a target."
    )
    quick_win = serializers.BooleanField()


class PathSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(choices=Path.Status.choices)
    role = RoleKeysSerializer()
    outcomes = PathOutcomeSerializer(many=True, help_text="Of its role: an assignment names one.")
    steps = PathStepSerializer(many=True, help_text="All of them; a plan has those that fit.")


class PathsSerializer(serializers.Serializer[None]):
    paths = PathSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class PathsQuery(PageQuery):
    status = serializers.ChoiceField(
        choices=Path.Status.choices,
        required=False,
        help_text="Only those; `published` ones can be assigned.",
    )


class Paths(ApiView):
    """Four queries, however many."""

    required_scopes = {"GET": Scope.ASSIGNMENTS_READ}

    @extend_schema(
        operation_id="list_paths",
        summary="List paths",
        description=(
            "With their steps and the outcomes of their role, in the order they were made: what "
            "an assignment needs to name. Needs the scope `assignments:read`."
        ),
        tags=TAGS,
        parameters=[PathsQuery],
        responses={200: PathsSerializer, **PROBLEMS},
        examples=[
            OpenApiExample("A page", value={"paths": [PATH], "next": None}, response_only=True)
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(request, PathsQuery)
        paths = _whole()
        if "status" in query:
            paths = paths.filter(status=query["status"])
        page = read_page(paths, query, of="paths")
        return JsonResponse({"paths": list(map(describe, page.rows)), "next": page.next})


class OnePath(ApiView):
    required_scopes = {"GET": Scope.ASSIGNMENTS_READ}

    @extend_schema(
        operation_id="retrieve_path",
        summary="Read a path",
        description="Needs the scope `assignments:read`.",
        tags=TAGS,
        parameters=[IF_NONE_MATCH],
        responses={200: PathSerializer, **NOT_MODIFIED, **PROBLEMS, **NONE},
        examples=[OpenApiExample("One", value=PATH, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        return respond(request, describe(get_object_or_404(_whole(), uid=uid)))


def _whole() -> QuerySet[Path]:
    return Path.objects.select_related("role").prefetch_related("steps", "role__outcomes")


def describe(path: Path) -> dict[str, Any]:
    role = path.role
    return {
        **named(path),
        "summary": path.summary,
        "status": path.status,
        "role": named(role),
        "outcomes": [
            {**named(outcome), "measure": outcome.measure} for outcome in role.outcomes.all()
        ],
        "steps": [_step(step) for step in path.steps.all()],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "uid": step.identity,
        "title": step.title,
        "kind": step.kind,
        "effort": step.effort,
        "quick_win": step.quick_win,
    }
