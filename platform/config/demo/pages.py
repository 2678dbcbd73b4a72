"""The captured mail, readable. On a company's host its own; on the root domain everybody's."""

from uuid import UUID

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe
from django_tenants.utils import get_public_schema_name

from config.demo.mailbox import Captured, captured, find
from tenants.companies.models import Company


def _schemas(request: HttpRequest) -> list[str]:
    if company := getattr(request, "company", None):
        return [company.schema_name]
    return [get_public_schema_name(), *Company.objects.values_list("schema_name", flat=True)]


def _found(request: HttpRequest, key: UUID) -> Captured:
    mail = find(_schemas(request), str(key))
    if mail is None:
        raise Http404("There is no such message.")
    return mail


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mailbox.html", {"mails": captured(_schemas(request))})


@require_safe
@csp_replace({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed for views without arguments
def message(request: HttpRequest, key: UUID) -> HttpResponse:
    return render(request, "demo/message.html", {"mail": _found(request, key)})


@require_safe
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]
    {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def body(request: HttpRequest, key: UUID) -> HttpResponse:
    """The mail's own page, as a mail client would show it: no scripts, no remote parts."""
    return HttpResponse(_found(request, key).html)
