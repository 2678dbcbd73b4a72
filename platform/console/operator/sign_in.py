"""How operators come in: allauth's sign-in under the console, and a first password by a link.

They are people of ``public``; its sessions and cookies are the root domain's own.
"""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from allauth.account.views import LoginView
from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_tenants.utils import get_public_schema_name, schema_context

from console.operator.requests import is_operator
from tenants.companies.signing import BadToken, sign, unsign
from tenants.people.actions import choose_first_password
from tenants.people.models import Person

WELCOME: Final = "operator.welcome"
WELCOME_LIFE: Final = timedelta(minutes=60)


class OperatorLogin(LoginView):  # type: ignore[misc]
    template_name = "console/operator/login.html"
    success_url = reverse_lazy("companies")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        translation.activate("en")
        if request.user.is_authenticated and not is_operator(request.user):
            return render(request, "404.html", status=404)
        return super().dispatch(request, *args, **kwargs)


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Eight characters or more, and not one that everybody uses.",
    )


def welcome_url(operator: Person) -> str:
    """Where an operator chooses a first password: once, and within the hour."""
    with schema_context(get_public_schema_name()):
        token = sign(WELCOME, str(operator.uid))
    return root_url(reverse("operator_welcome", settings.PUBLIC_SCHEMA_URLCONF, args=[token]))


def root_url(path: str) -> str:
    """An absolute address on the root domain."""
    port = f":{settings.SITE_PORT}" if settings.SITE_PORT else ""
    return f"{settings.SITE_SCHEME}://{settings.ROOT_DOMAIN}{port}{path}"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password")
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks for a password; POST sets it, once, and signs in."""
    translation.activate("en")
    operator = _welcomed(token)
    if operator is None or operator.has_usable_password() or not is_operator(operator):
        return _kept_quiet(render(request, "console/operator/welcome_gone.html", status=404))
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            choose_first_password(person=operator.uid, password=form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error)
        else:
            operator.refresh_from_db()
            login(request, operator, settings.AUTHENTICATION_BACKENDS[0])
            return redirect("companies")
    context = {"form": form, "operator": operator}
    return _kept_quiet(render(request, "console/operator/welcome.html", context))


def _welcomed(token: str) -> Person | None:
    try:
        uid = UUID(unsign(WELCOME, token, max_age=WELCOME_LIFE))
    except (BadToken, ValueError):
        return None
    found: Person | None = Person.objects.filter(uid=uid).first()
    return found


def _kept_quiet(response: HttpResponse) -> HttpResponse:
    """Its address is a secret: no other site learns it, and no log."""
    response["Referrer-Policy"] = "same-origin"
    response._has_been_logged = True  # type: ignore[attr-defined]  # by Django, whole
    return response
