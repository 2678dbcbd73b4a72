"""What pages know about their reader: their time zone and language."""

import zoneinfo
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from tenants.companies.context import current_company
from tenants.people.models import Person

IN_ENGLISH: Final = ("/admin/", "/api/", "/scim/", "/operator/")


class ReaderMiddleware:
    """Shows times in the reader's zone and texts in their language, else in the company's.

    Whoever is not known yet, as on the page to sign in, reads what their browser asks for. So do
    readers of views marked ``sessionless``, with the company's zone: asking who they are would
    read their cookie. The admin site and the API are in English, in all their parts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        company = getattr(request, "company", None)
        if company is None:
            return self.get_response(request)
        if request.path.startswith(IN_ENGLISH):
            translation.activate("en")
        elif not _asks_for_one_of_ours(request):
            translation.activate(company.locale)
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
            if not request.path.startswith(IN_ENGLISH):
                translation.activate(request.user.locale or current_company().locale)


def _asks_for_one_of_ours(request: HttpRequest) -> bool:
    """Whether the browser names a language that we speak (RFC 9110, section 12.5.4)."""
    for language, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if language == "*":
            return False
        try:
            get_supported_language_variant(language)
        except LookupError:
            continue
        return True
    return False
