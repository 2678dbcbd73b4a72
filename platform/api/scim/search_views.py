"""Queries over one kind of resource or several, in the address or in a body."""

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from rest_framework.request import Request

from api.models import Scope
from api.scim.queries import found, read_search
from api.scim.tables import Table
from api.scim.views import ScimView, answer


class Searching(ScimView):
    """`tables` make a `Table` of the address that ours are below."""

    tables: Sequence[Callable[[str], Table]] = ()

    def _tables(self) -> list[Table]:
        return [table(self.caller.base) for table in self.tables]


class Listing(Searching):
    """``GET /Users?filter=…`` (RFC 7644, section 3.4.2)."""

    def get(self, request: Request) -> HttpResponse:
        tables = self._tables()
        return answer(found(read_search(request.query_params.dict(), tables), tables))


class Search(Searching):
    """``POST …/.search`` (section 3.4.3): reads, so that is the scope it needs."""

    required_scopes = {"POST": Scope.PEOPLE_READ}

    def post(self, request: Request) -> HttpResponse:
        tables = self._tables()
        return answer(found(read_search(self.body(), tables), tables))
