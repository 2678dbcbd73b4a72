"""Trying a connection, switching it, and switching passwords: each said before it is done."""

from typing import Any, cast

from allauth.socialaccount.models import SocialAccount
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenants.companies.context import current_company
from tenants.people.models import MAY_SIGN_IN, Person
from tenants.people.single_sign_on import actions, trials
from tenants.people.single_sign_on.models import SignInConnection
from tenants.people.single_sign_on.passwords import came_by_single_sign_on
from tenants.people.single_sign_on.places import sign_in_url


def connection_of(request: HttpRequest, pk: int) -> SignInConnection:
    if not trials.may_try(request):
        raise PermissionDenied
    return get_object_or_404(SignInConnection, pk=pk)


@require_http_methods(["GET", "HEAD"])
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a try begins, and what came of the last one."""
    connection = connection_of(request, pk)
    context = {
        "start": sign_in_url(connection, trials.page(connection)) if connection.is_complete else "",
        "outcome": trials.outcome(request, connection),
    }
    return _page(request, "trial", f"Try {connection}", {"connection": connection, **context})


@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    connection, errors = connection_of(request, pk), []
    if request.method == "POST":
        try:
            return _switch(request, connection)
        except ValidationError as error:
            errors = error.messages
    context = {
        "connection": connection,
        "linked": SocialAccount.objects.filter(provider=str(connection.uid)).count(),
        "people": Person.objects.filter(employment_status__in=MAY_SIGN_IN).count(),
        "errors": errors,
    }
    title = f"Switch {connection} {'off' if connection.is_on else 'on'}"
    return _page(request, "switch", title, context, status=400 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def passwords(request: HttpRequest) -> HttpResponse:
    """Whether passwords open anything here, and the button that changes it."""
    if not trials.may_try(request):
        raise PermissionDenied
    company, errors = current_company(), []
    if request.method == "POST":
        try:
            return _switch_passwords(request)
        except ValidationError as error:
            errors = error.messages
    proven = came_by_single_sign_on(request)
    here = Person.objects.filter(employment_status__in=MAY_SIGN_IN)
    linked = SocialAccount.objects.filter(user__in=here).values("user").distinct().count()
    context = {
        "are_off": company.single_sign_on_only,
        "connections": SignInConnection.objects.filter(is_on=True).only("name"),
        "proven": proven,
        "people": here.count(),
        "linked": linked,
        "errors": errors,
    }
    return _page(request, "passwords", "Passwords", context, status=400 if errors else 200)


def _switch(request: HttpRequest, connection: SignInConnection) -> HttpResponse:
    actor = cast(Person, request.user)
    if request.POST.get("to") == "on":
        actions.switch_on(connection=connection, actor=actor)
        messages.success(request, f"{connection} is on: its button is on the page to sign in.")
    else:
        actions.switch_off(connection=connection, actor=actor, company=current_company())
        messages.success(request, f"{connection} is off.")
    return redirect("admin:single_sign_on_signinconnection_change", connection.pk)


def _switch_passwords(request: HttpRequest) -> HttpResponse:
    actor, company = cast(Person, request.user), current_company()
    if request.POST.get("to") == "off":
        proven = came_by_single_sign_on(request)
        actions.close_to_passwords(company=company, actor=actor, proven=proven)
        messages.success(request, "Passwords are off. Sessions that one opened are over.")
    else:
        actions.open_to_passwords(company=company, actor=actor)
        messages.success(request, "Passwords are let in again.")
    return redirect(reverse("admin:single_sign_on_signinconnection_passwords"))


def _page(
    request: HttpRequest, name: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    whole = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"single_sign_on/{name}.html", whole, status=status)
