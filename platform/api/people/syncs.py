"""Pushing people in: the HRIS's side of `sync_people`."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.authentication import token_of
from api.models import Scope
from api.pages import PageQuery, read_page
from api.people.examples import PUSH_EXAMPLES, RUNS_EXAMPLE
from api.people.runs import AGAIN, TAGS, outcomes_json, summary, told
from api.people.schemas import (
    FinishedRunSerializer,
    PushSerializer,
    RunsSerializer,
    ToldRunSerializer,
)
from api.people.sync_bodies import CSV, JSON, MAX_BYTES, NDJSON, Push, PushQuery, read_push
from api.problems import Conflict
from api.queries import read_query
from api.schemas import BODY_PROBLEMS, PROBLEMS, problem
from api.views import ApiView
from tenants.people.actions import Outcome, SyncRefused, SyncResult, queue_sync, sync_people
from tenants.people.models import SyncRun

DIRECT_ROWS = 5_000
"""Up to so many rows the answer waits for the run; a longer one is left to a worker."""
SOURCE = "api"
TOO_MANY = "urn:throughline:problem:too-many-would-leave"
PREFER = OpenApiParameter(
    "Prefer",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="`respond-async`: do not wait for the run (RFC 7240).",
)


class RunsQuery(PageQuery):
    state = serializers.ChoiceField(
        required=False, choices=SyncRun.State.choices, help_text="Only runs in this state."
    )
    source = serializers.CharField(  # type: ignore[assignment]
        required=False, max_length=40, help_text="Only runs of this source: api, csv, scim …"
    )


class PeopleSyncs(ApiView):
    largest_body = MAX_BYTES
    required_scopes = {"GET": Scope.PEOPLE_READ, "POST": Scope.PEOPLE_WRITE}

    @extend_schema(
        operation_id="list_people_syncs",
        summary="List pushes",
        description="Every run, the newest first. Needs the scope `people:read`.",
        tags=TAGS,
        parameters=[RunsQuery],
        responses={200: RunsSerializer, **PROBLEMS},
        examples=[RUNS_EXAMPLE],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(request, RunsQuery)
        chosen = {name: query[name] for name in ("state", "source") if name in query}
        runs = SyncRun.objects.filter(**chosen).defer("input", "outcomes", "problems")
        page = read_page(runs, query, of="people-syncs", newest_first=True)
        return JsonResponse({"runs": list(map(summary, page.rows)), "next": page.next})

    @extend_schema(
        operation_id="push_people",
        summary="Push people",
        description=(
            "Bring people to what the rows say. A field that is absent stays, a blank one is "
            "cleared; a wrong row is refused by itself and told in `outcomes`, and the others go "
            "in. A body whose form is wrong is refused as a whole, and nothing is written.\n\n"
            "Rows come as JSON; as NDJSON, one per line; or as CSV in UTF-8 with commas, whose "
            "first line names our fields. With NDJSON and CSV `mode`, `dry_run` and `confirm` are "
            "parameters of the address. At most 50,000 rows and 32 MiB, uncompressed, and 40 "
            "fields to a row.\n\n"
            "Up to 5,000 rows are done at once: 200 tells what became of them. More, or `Prefer: "
            "respond-async`, are left to a worker: 202 with the `Location` of a run to watch. "
            "`dry_run` tells the same and writes nothing. `complete` says that the rows are "
            "everybody: whoever is missing has left; where those would be more than 10 % and more "
            "than five, it is refused unless you `confirm`. Needs the scope `people:write`."
        ),
        tags=TAGS,
        parameters=[PushQuery, PREFER],
        request={
            JSON: PushSerializer,
            NDJSON[0]: OpenApiTypes.STR,
            CSV: OpenApiTypes.STR,
        },
        responses={
            200: FinishedRunSerializer,
            202: ToldRunSerializer,
            **PROBLEMS,
            **BODY_PROBLEMS,
            **problem(409, "Too many people would leave: `confirm` that the rows are complete."),
        },
        examples=PUSH_EXAMPLES,
    )
    def post(self, request: Request) -> HttpResponse:
        push = read_push(request)
        waits = "respond-async" in _preferences(request)
        if waits or len(push.rows) > DIRECT_ROWS:
            return _queued(push, request, preferred=waits)
        return _done(push, request)


def _done(push: Push, request: Request) -> HttpResponse:
    requested_at = timezone.now()
    try:
        result = sync_people(
            rows=push.rows,
            source=SOURCE,
            mode=push.mode,
            dry_run=push.dry_run,
            confirm=push.confirm,
            origin=token_of(request).name,
        )
    except SyncRefused as refusal:
        raise Conflict(str(refusal), TOO_MANY) from refusal
    run = result.run or _rehearsed(result, push, request)
    if not result.run:
        run.requested_at = run.started_at = requested_at
    head = json.dumps(told(run), cls=DjangoJSONEncoder)
    body = f'{head[:-1]}, "outcomes": {outcomes_json(result)}}}'
    return HttpResponse(body, content_type=JSON)


def _rehearsed(result: SyncResult, push: Push, request: Request) -> SyncRun:
    """What a dry run would have left behind; it is not stored, and so has no uid."""
    counts = result.counts
    return SyncRun(
        uid=None,  # type: ignore[misc]
        state=SyncRun.State.FINISHED,
        source=SOURCE,
        origin=token_of(request).name,
        mode=push.mode,
        dry_run=True,
        finished_at=timezone.now(),
        rows=len(push.rows),
        rows_compared=len(push.rows),
        problems=[problem.as_json() for problem in result.problems],
        created=counts[Outcome.CREATED],
        updated=counts[Outcome.UPDATED],
        unchanged=counts[Outcome.UNCHANGED],
        deactivated=counts[Outcome.DEACTIVATED],
        failed=counts[Outcome.ERROR],
    )


def _queued(push: Push, request: Request, *, preferred: bool) -> HttpResponse:
    run = queue_sync(
        rows=push.rows,
        source=SOURCE,
        mode=push.mode,
        dry_run=push.dry_run,
        confirm=push.confirm,
        origin=token_of(request).name,
    )
    answer = told(run)
    response = JsonResponse(answer, status=202)
    response["Location"] = answer["links"]["self"]
    response["Retry-After"] = str(AGAIN)
    if preferred:
        response["Preference-Applied"] = "respond-async"
    return response


def _preferences(request: Request) -> set[str]:
    """The names in ``Prefer`` (RFC 7240, section 2); what they are set to does not matter here."""
    words = request.headers.get("Prefer", "").replace(";", ",").split(",")
    return {word.partition("=")[0].strip().lower() for word in words}
