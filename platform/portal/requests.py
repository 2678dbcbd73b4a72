"""What a request is once its reader is known."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from tenants.people.models import Person

P = ParamSpec("P")


class SignedIn(HttpRequest):
    """A request behind `signed_in` on a company's host."""

    user: Person


def signed_in(
    view: Callable[Concatenate[SignedIn, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For people of the company; everybody else is asked to sign in first."""

    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(cast(SignedIn, request), *args, **kwargs)

    return page
