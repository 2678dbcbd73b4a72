"""The feed of learning records, for HRIS and BI to pull."""

import json
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from api.models import Scope
from api.problems import CursorExpired, InvalidQuery
from api.queries import read_query, refuse_levels
from api.schemas import NO_LEVELS, PROBLEMS, RECORD_EXAMPLE, LearningRecordPageSerializer, problem
from learning.feed import Cursor, ExpiredCursor, Page, read_page
from tenants.companies.signing import BadToken


class RecordsQuery(serializers.Serializer[dict[str, Any]]):
    after = serializers.CharField(
        required=False, help_text="`next` of the page before; left out, the feed starts over."
    )
    limit = serializers.IntegerField(
        default=100, min_value=1, max_value=1000, help_text="Records per page."
    )


class LearningRecords(APIView):
    """The text PostgreSQL built is handed through: no object is made per record."""

    required_scopes = {"GET": Scope.RECORDS_READ}

    @extend_schema(
        operation_id="list_learning_records",
        summary="Read learning records",
        description=(
            "What happened, in the order it was committed. Read on with `next` until `more` is "
            "false, keep `next`, and come back with it: nothing is skipped, also not what was "
            "being written while you read. After a restore a cursor answers 410: start over, and "
            "drop records whose `uid` you have. Needs the scope `learning-records:read`."
        ),
        tags=["learning records"],
        parameters=[RecordsQuery],
        responses={
            200: LearningRecordPageSerializer,
            **PROBLEMS,
            **NO_LEVELS,
            **problem(410, "The cursor is of a feed that a restore ended: start over without it."),
        },
        examples=[
            OpenApiExample(
                "A page",
                value={"records": [RECORD_EXAMPLE], "next": "WzEsODEyLDQwXQ:…", "more": False},
                response_only=True,
                status_codes=["200"],
            )
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        refuse_levels(request)
        query = read_query(request, RecordsQuery)
        page = read_page(after=_cursor(query.get("after")), limit=query["limit"])
        return HttpResponse(_body(page), content_type="application/json")


def _cursor(word: str | None) -> Cursor:
    if word is None:
        return Cursor()
    try:
        return Cursor.parse(word)
    except ExpiredCursor as error:
        raise CursorExpired from error
    except BadToken as error:
        raise InvalidQuery({"after": "This is not a cursor of this feed."}) from error


def _body(page: Page) -> str:
    after, more = json.dumps(str(page.cursor)), json.dumps(page.more)
    return f'{{"records":[{",".join(page.records)}],"next":{after},"more":{more}}}'
