"""Sign-in as allauth does it, with the doors closed that this product or a company has not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.single_sign_on.ways import ways_in
from tenants.people.single_sign_on import passwords

View = Callable[..., HttpResponseBase]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come from the HRIS: nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before anything is looked up: every address is answered alike."""
        if passwords.are_off(request):
            raise ValidationError(_("Passwords are switched off here: use the button above."))
        super().pre_authenticate(request, **credentials)


class Login(LoginView):  # type: ignore[misc]
    """allauth's, with the company's own ways in. One query more."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**named),
            "ways": ways_in(self.request),
            "passwords_are_off": passwords.are_off(self.request),
        }


login = Login.as_view()


def with_passwords(view: View) -> View:
    """Pages about passwords are there as long as passwords are."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if passwords.are_off(request):
            return redirect("account_login")
        return view(request, *args, **named)

    return shown
