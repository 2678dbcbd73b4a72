"""What pages know about their reader: their time zone and language."""

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from tenants.people.models import Person


class ReaderMiddleware:
    """Shows times in the reader's zone (else the company's) and texts in their language.

    Views marked ``sessionless`` get the company's zone: asking for the reader reads their cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        company = getattr(request, "company", None)
        if company is None:
            return self.get_response(request)
        with timezone.override(zoneinfo.ZoneInfo(company.time_zone)):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any
    ) -> None:
        if not hasattr(request, "company") or getattr(view, "sessionless", False):
            return
        if isinstance(request.user, Person):
            if request.user.time_zone:
                timezone.activate(zoneinfo.ZoneInfo(request.user.time_zone))
            if request.user.locale:
                translation.activate(request.user.locale)
