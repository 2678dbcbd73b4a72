from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tenants.people.auditing.acting import Asking, acts


class ActingMiddleware:
    """What a request changes is recorded as done by whoever sent it. No query.

    In place of django-auditlog's, which asks who that is at every request, and believes whatever
    ``X-Forwarded-For`` says.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with acts(Asking(request=request)):
            return self.get_response(request)
