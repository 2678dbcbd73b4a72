"""What a company's host answers while the company is not open: 503, as each kind of asker reads it.

A page; under ``/api/`` problem details (RFC 9457); under ``/scim/`` a SCIM Error (RFC 7644,
section 3.12).
"""

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation

from tenants.companies.models import Company

UNAVAILABLE: Final = HTTPStatus.SERVICE_UNAVAILABLE
SCIM_ERROR: Final = "urn:ietf:params:scim:api:messages:2.0:Error"
BACK_IN: Final = {Company.Status.PROVISIONING: 60}  # seconds; else in an hour
DETAILS: Final = {
    Company.Status.PROVISIONING: "This company is being set up. Try again in a minute.",
}
SWITCHED_OFF: Final = "This company is switched off. Nothing is lost; send it again later."


def closed(request: HttpRequest, company: Company) -> HttpResponse:
    """No query, and no session is read."""
    if request.path.startswith("/api/"):
        response = _problem(request, company)
    elif request.path.startswith("/scim/"):
        response = _scim_error(company)
    else:
        with translation.override(company.locale):
            response = render(
                request, "companies/unavailable.html", {"company": company}, status=UNAVAILABLE
            )
    response["Retry-After"] = str(BACK_IN.get(Company.Status(company.status), 3600))
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # by Django: links are secrets
    return response


def _problem(request: HttpRequest, company: Company) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": UNAVAILABLE.phrase,
        "status": UNAVAILABLE.value,
        "detail": _detail(company),
        "instance": request.path,
    }
    return JsonResponse(body, status=UNAVAILABLE, content_type="application/problem+json")


def _scim_error(company: Company) -> HttpResponse:
    body = {
        "schemas": [SCIM_ERROR],
        "status": str(UNAVAILABLE.value),
        "detail": _detail(company),
    }
    return JsonResponse(body, status=UNAVAILABLE, content_type="application/scim+json")


def _detail(company: Company) -> str:
    return DETAILS.get(Company.Status(company.status), SWITCHED_OFF)
