"""The feed of learning records, for HRIS and BI to pull: in pages, or all of it in one stream."""

import hashlib
import json

from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from api.models import Scope
from api.problems import CursorExpired, InvalidQuery
from api.queries import read_query, refuse_levels
from api.records.filters import RecordsQuery, wanted_by
from api.records.reference import READING
from api.records.streams import NDJSON, NdjsonRenderer, stream_records
from api.versions import is_known
from api.views import ApiView
from learning.feed import Cursor, ExpiredCursor, Page, read_page
from tenants.companies.signing import BadToken


class LearningRecords(ApiView):
    """The text PostgreSQL built is handed through: no object is made per record."""

    required_scopes = {"GET": Scope.RECORDS_READ}
    renderer_classes = [JSONRenderer, NdjsonRenderer]

    @extend_schema(**READING)
    def get(self, request: Request) -> HttpResponseBase:
        refuse_levels(request)
        query = read_query(request, RecordsQuery)
        after, wanted = _cursor(query.get("after")), wanted_by(query)
        if request.accepted_renderer.media_type == NDJSON:
            return stream_records(request, after=after, wanted=wanted)
        return _respond(request, read_page(after=after, limit=query["limit"], wanted=wanted))


def _cursor(word: str | None) -> Cursor:
    if word is None:
        return Cursor()
    try:
        return Cursor.parse(word)
    except ExpiredCursor as error:
        raise CursorExpired from error
    except BadToken as error:
        raise InvalidQuery({"after": "This is not a cursor of this feed."}) from error


def _respond(request: Request, page: Page) -> HttpResponse:
    """A page; 304 where that is the one they have.

    Only one that ends the feed has a tag: nobody waits for others, and they are large.
    """
    after, more = json.dumps(str(page.cursor)), json.dumps(page.more)
    body = f'{{"records":[{",".join(page.records)}],"next":{after},"more":{more}}}'.encode()
    if page.more:
        return HttpResponse(body, content_type="application/json")
    version = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if is_known(request, version):
        return HttpResponseNotModified(headers={"ETag": version})
    return HttpResponse(body, content_type="application/json", headers={"ETag": version})
