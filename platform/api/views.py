"""What every address under ``/api/v1/`` has in common."""

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.views import APIView

from api.bodies import SMALL_BODY
from api.idempotency.attempts import Attempt, begin
from api.idempotency.keys import HEADER


class ApiView(APIView):
    """A POST that brings an ``Idempotency-Key`` is done once; see `begin`.

    Such a one is a single transaction, whatever the view does in it: the answer is stored with
    what it tells of. Three queries more. What fails on our side leaves nothing, and can be sent
    again.
    """

    largest_body = SMALL_BODY
    """Bytes that the view would read."""

    _attempt: Attempt | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or HEADER not in request.headers:
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)
            elif self._attempt:
                self._attempt.keep(response)
        return response

    def options(  # type: ignore[override]  # DRF would render what it finds in docstrings
        self, request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Which methods there are is in ``Allow``; the rest is in the reference."""
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Once it is clear that the token may: no answer is told again to one that may not."""
        super().initial(request, *args, **kwargs)
        if request.method != "POST" or HEADER not in request.headers or not hasattr(self, "post"):
            return
        begun = begin(request, limit=self.largest_body)
        if isinstance(begun, Attempt):
            self._attempt = begun
        else:
            self.post = lambda *_, **__: begun
