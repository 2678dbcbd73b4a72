"""The company's logo, for its own pages and for whoever reads its mail."""

from pathlib import PurePosixPath
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tenants.companies.context import current_company
from tenants.companies.logos import MEDIA_TYPES

YEAR: Final = 365 * 24 * 3600  # seconds; another logo has another address


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def logo(request: HttpRequest, name: str) -> HttpResponse:
    """The one logo there is now, as an attachment, which a page shows all the same. 404 for any
    other name."""
    company = current_company()
    stored = PurePosixPath(str(company.logo.name or ""))
    if not name or stored.name != name:
        raise Http404("There is no such logo.")
    try:
        with company.logo.storage.open(str(stored), "rb") as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404("It is not stored any more.") from error
    kind = MEDIA_TYPES[stored.suffix.removeprefix(".")]
    response = HttpResponse(content, content_type=kind)
    attached = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = attached
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


logo.sessionless = True  # type: ignore[attr-defined]  # see ReaderMiddleware
