"""What the reference says of the feed."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from api.records.filters import PARAMETERS
from api.records.streams import NDJSON
from api.schemas import (
    NO_LEVELS,
    NOT_MODIFIED,
    PROBLEMS,
    RECORD_EXAMPLE,
    LearningRecordPageSerializer,
    LearningRecordSerializer,
    problem,
)
from api.versions import IF_NONE_MATCH

JSON = "application/json"
NEXT = OpenApiParameter(
    "Link",
    location=OpenApiParameter.HEADER,
    description='Of a stream: `<…?after=…>; rel="next"`, where to go on once it is complete.',
    response=[200],
)
READING: dict[str, Any] = {
    "operation_id": "list_learning_records",
    "summary": "Read learning records",
    "description": (
        "What happened, in the order it was committed. Read on with `next` until `more` is "
        "false, keep `next`, and come back with it: nothing is skipped, also not what was "
        "being written while you read. Where nothing is new, a poll costs next to nothing, also "
        "with filters; with `If-None-Match` it is answered with 304.\n\n"
        f"With `Accept: {NDJSON}` everything from the cursor up to now comes in one answer, a "
        "record a line, and its header `Link` holds the address to go on from. Keep that once the "
        "answer is complete. An answer that breaks off ends without its last chunk, which every "
        "HTTP client reports as an error: then ask again from where you were. A company has two "
        "streams at a time; a third is answered with 429.\n\n"
        "After a restore a cursor answers 410: start over, and drop records whose `uid` you have. "
        "Needs the scope `learning-records:read`."
    ),
    "tags": ["learning records"],
    "parameters": [*PARAMETERS, IF_NONE_MATCH, NEXT],
    "responses": {
        (200, JSON): LearningRecordPageSerializer,
        (200, NDJSON): OpenApiResponse(LearningRecordSerializer, description="A record a line."),
        **NOT_MODIFIED,
        **PROBLEMS,
        **NO_LEVELS,
        **problem(410, "The cursor is of a feed that a restore ended: start over without it."),
        **problem(
            505, "A stream was asked for by HTTP/1.0, which cannot tell a break from an end."
        ),
    },
    "examples": [
        OpenApiExample(
            "A page",
            value={"records": [RECORD_EXAMPLE], "next": "WzEsODEyLDQwXQ:…", "more": False},
            response_only=True,
            status_codes=["200"],
            media_type=JSON,
        ),
        OpenApiExample(
            "A line",
            value=RECORD_EXAMPLE,
            response_only=True,
            status_codes=["200"],
            media_type=NDJSON,
        ),
    ],
}
