"""Whether passwords open anything here, or a company's own sign-in alone does."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

SINGLE_SIGN_ON = "socialaccount"  # allauth's word for how somebody came in


def are_off(request: HttpRequest) -> bool:
    """Whether the company has switched passwords off."""
    company = getattr(request, "company", None)
    return bool(company and company.single_sign_on_only)


def came_by_single_sign_on(request: HttpRequest) -> bool:
    """Whether this session was opened through a provider."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == SINGLE_SIGN_ON for record in records)


class SingleSignOnMiddleware:
    """Where passwords are off, a session that one opened is over. Costs nothing elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: object
    ) -> None:
        if not are_off(request) or getattr(view, "sessionless", False):
            return
        if getattr(request, "impersonation", None) or not request.user.is_authenticated:
            return
        if not came_by_single_sign_on(request):
            logout(request)
