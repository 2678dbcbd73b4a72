"""Runs of `sync_people`: watched while they last, read row by row when they are over."""

import json
from collections.abc import Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from api.models import Scope
from api.pages import PageQuery, read_cursor, write_cursor
from api.people.examples import ERRORS_AS_CSV, OUTCOME, WAITING_RUN
from api.people.schemas import OutcomesSerializer, ToldRunSerializer
from api.problems import Conflict
from api.queries import read_nothing, read_query
from api.schemas import NOT_MODIFIED, PROBLEMS, problem
from api.versions import IF_NONE_MATCH, respond
from api.views import ApiView
from tenants.companies.attachments import csv_file
from tenants.people.actions import Outcome, SyncResult
from tenants.people.models import SyncRun
from tenants.people.sync.packing import texts, unpack
from tenants.people.sync.packing import told as told_rows

TOLD_PROBLEMS = 100
AGAIN = 1  # seconds until asking anew is worth it
COUNTS = ("created", "updated", "unchanged", "deactivated", "failed")
COLUMNS = ("line", "field", "value", "message", "refused")
NOT_FOUND = problem(404, "There is no run of that uid.")
NOT_OVER = problem(409, "The run is not over: ask again after `Retry-After` seconds.")
TAGS = ["people syncs"]


def summary(run: SyncRun) -> dict[str, Any]:
    """A run as lists tell it."""
    return {
        "uid": run.uid,
        "state": run.state,
        "detail": run.detail,
        "source": run.source,
        "origin": run.origin,
        "mode": run.mode,
        "dry_run": run.dry_run,
        "requested_at": run.requested_at,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "rows": run.rows,
        "rows_compared": run.rows_compared,
        "counts": {name: getattr(run, name) for name in COUNTS},
    }


def told(run: SyncRun) -> dict[str, Any]:
    """A run by itself; one that was never stored has no links."""
    return {
        **summary(run),
        "problems": run.problems[:TOLD_PROBLEMS],
        "problems_total": len(run.problems),
        "links": links(run.uid) if run.uid else None,
    }


def links(uid: UUID) -> dict[str, str]:
    return {
        "self": reverse("people-sync", args=[uid]),
        "outcomes": reverse("people-sync-outcomes", args=[uid]),
        "errors": reverse("people-sync-errors", args=[uid]),
    }


class OutcomesQuery(PageQuery):
    limit = serializers.IntegerField(
        default=100, min_value=1, max_value=1000, help_text="How many per page."
    )
    outcome = serializers.ChoiceField(
        required=False, choices=[outcome.value for outcome in Outcome], help_text="Only these."
    )


class CsvRenderer(BaseRenderer):
    """Says that CSV can be asked for; the view writes it itself."""

    media_type = "text/csv"
    format = "csv"


class PeopleSync(ApiView):
    required_scopes = {"GET": Scope.PEOPLE_READ}

    @extend_schema(
        operation_id="retrieve_people_sync",
        summary="Watch a push",
        description=(
            "Where a run stands: `rows_compared` of `rows` while `state` is `waiting` or "
            "`running`, with `Retry-After` in seconds; the counts and the first 100 problems once "
            "it is over. Needs the scope `people:read`."
        ),
        tags=TAGS,
        parameters=[IF_NONE_MATCH],
        responses={200: ToldRunSerializer, **NOT_MODIFIED, **PROBLEMS, **NOT_FOUND},
        examples=[OpenApiExample("A run that waits", value=WAITING_RUN, response_only=True)],
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        run = get_object_or_404(SyncRun.objects.defer("input", "outcomes"), uid=uid)
        response = respond(request, told(run))
        if not run.is_over:
            response["Retry-After"] = str(AGAIN)
        return response


class PeopleSyncOutcomes(ApiView):
    required_scopes = {"GET": Scope.PEOPLE_READ}

    @extend_schema(
        operation_id="list_people_sync_outcomes",
        summary="Read what became of each row",
        description=(
            "In the order of the rows, without those that changed nothing and were not wrong: "
            "`counts.unchanged` of the run tells how many. Needs the scope `people:read`."
        ),
        tags=TAGS,
        parameters=[OutcomesQuery],
        responses={200: OutcomesSerializer, **PROBLEMS, **NOT_FOUND, **NOT_OVER},
        examples=[
            OpenApiExample(
                "A page", value={"outcomes": [OUTCOME], "next": None}, response_only=True
            )
        ],
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        query = read_query(request, OutcomesQuery)
        run = _over(get_object_or_404(SyncRun.objects.defer("input", "problems"), uid=uid))
        of = f"outcomes.{run.uid}"
        start = read_cursor(of, query["after"]) if "after" in query else 0
        limit: int = query["limit"]
        wanted = query.get("outcome")
        stop = None if wanted else start + limit + 1
        places = enumerate(unpack(run.outcomes, start, stop), start)
        fitting = ((place, each) for place, each in places if wanted in (None, each["outcome"]))
        page = list(islice(fitting, limit + 1))
        more = write_cursor(of, page[limit][0]) if len(page) > limit else None
        return JsonResponse({"outcomes": [each for _, each in page[:limit]], "next": more})


class PeopleSyncErrors(ApiView):
    required_scopes = {"GET": Scope.PEOPLE_READ}
    renderer_classes = (CsvRenderer,)

    @extend_schema(
        operation_id="download_people_sync_errors",
        summary="Download what was wrong",
        description=(
            "The problems of a run, the first 10,000 of them, as CSV with the columns `line`, "
            "`field`, `value`, `message` and `refused` (yes, or no where it only warns). A cell "
            "that a spreadsheet would calculate starts with an apostrophe. Needs the scope "
            "`people:read`."
        ),
        tags=TAGS,
        responses={
            (200, "text/csv"): OpenApiTypes.STR,
            **PROBLEMS,
            **NOT_FOUND,
            **NOT_OVER,
        },
        examples=[
            OpenApiExample(
                "One row was refused",
                value=ERRORS_AS_CSV,
                response_only=True,
                status_codes=["200"],
                media_type="text/csv",
            )
        ],
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        run = _over(get_object_or_404(SyncRun.objects.defer("input", "outcomes"), uid=uid))
        lines = [COLUMNS, *map(_line, run.problems)]
        return csv_file(f"people-sync-{run.uid}-errors.csv", lines)


def _line(problem: Mapping[str, Any]) -> list[object]:
    told = {**problem, "refused": "yes" if problem["refused"] else "no"}
    return ["" if told[name] is None else told[name] for name in COLUMNS]


def _over(run: SyncRun) -> SyncRun:
    if not run.is_over:
        raise Conflict("This run is not over yet: ask again in a moment.", wait=AGAIN)
    return run


def outcomes_json(result: SyncResult) -> str:
    """As `PeopleSyncOutcomes` tells them later, all of them.

    The text that a run keeps is handed through: writing it again takes ten times as long.
    """
    if result.run:
        return f"[{','.join(texts(result.run.outcomes))}]"
    return json.dumps(list(told_rows(result.rows)), default=str)
