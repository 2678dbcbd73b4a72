"""Each request of an operator who looks as somebody: whose it is, what is refused, its end."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from console.operator.impersonating.endings import end
from console.operator.impersonating.refusals import ENDS, refusal
from console.operator.impersonating.sessions import impersonation_in
from tenants.people.auditing.acting import name_actor
from tenants.people.models import Person
from tenants.people.onlookers import look_on, unobserved


class ImpersonationMiddleware:
    """``request.impersonation`` is who looks, why and until when; false for everybody else.

    Ends it when its time is over. Costs a query in ``public``, where there is one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.impersonation = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: impersonation_in(request)
        )
        with unobserved():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: object
    ) -> HttpResponse | None:
        impersonation = impersonation_in(request)
        request.impersonation = impersonation  # type: ignore[attr-defined]
        if impersonation is None:
            return None
        match = request.resolver_match
        name = (match.url_name or "") if match else ""
        if name == "operator_over":
            return None
        ends_now = name in ENDS and request.method == "POST"
        person = request.user
        behind = f"{impersonation.operator_name} of Throughline"
        name_actor(behind, person=person if isinstance(person, Person) else None)
        if ends_now or not impersonation.runs(timezone.now()) or not isinstance(person, Person):
            end(impersonation)
            request.session.flush()
            return _over(request)
        look_on()
        if why := refusal(request, name):
            translation.activate("en")
            context = {"why": why, "person": person}
            return render(request, "console/operator/refused.html", context, status=403)
        return None


def _over(request: HttpRequest) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]  # by django-htmx's middleware
        return HttpResponse(status=403, headers={"HX-Redirect": "/operator/over/"})
    return redirect("operator_over")
